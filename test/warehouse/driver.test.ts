import { describe, expect, it } from 'vitest'
import { UserError } from '../../runtime/diagnostics/index.ts'
import { SqlError } from '../../runtime/warehouse/index.ts'
import { openEngines } from './engines.ts'

const engines = await openEngines()

describe.each(engines)('a warehouse on $name', ({ name, warehouse }) => {
  const { dialect } = warehouse
  const typeOf = dialect.typeOf

  it('gives values as the contract says, whatever the time zone of the process', async () => {
    const answer = await warehouse.query(`SELECT
      CAST(9007199254740991 AS bigint) AS big, CAST(12.50 AS decimal(10, 2)) AS money, CAST(0.1 AS double precision) AS ratio,
      DATE '2024-02-29' AS day, TIMESTAMP '2024-03-10 02:30:00.5' AS at, TIMESTAMPTZ '2024-01-01 12:00:00+02' AS instant,
      TIMESTAMP '2024-01-01 00:00:00.123456' AS precise, true AS yes, 'Zürich' AS town, CAST(NULL AS bigint) AS nothing,
      CAST('{"a": [1]}' AS json) AS data`)
    expect(answer.rows).toEqual([
      [
        9007199254740991,
        12.5,
        0.1,
        '2024-02-29',
        '2024-03-10T02:30:00.500Z',
        '2024-01-01T10:00:00.000Z',
        '2024-01-01T00:00:00.123456Z',
        true,
        'Zürich',
        null,
        '{"a": [1]}',
      ],
    ])
    expect(answer.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'big number',
      'money number',
      'ratio number',
      'day date',
      'at timestamp',
      'instant timestamp',
      'precise timestamp',
      'yes boolean',
      'town string',
      'nothing number',
      'data json',
    ])
  })

  it('takes the sum of integers and the count as numbers', async () => {
    const { rows } = await warehouse.query('SELECT sum(n), count(*), avg(n) FROM (VALUES (1), (2)) AS t (n)')
    expect(rows).toEqual([[3, 2, 1.5]])
  })

  it('means UTC by now and by a date without a zone', async () => {
    const { rows } = await warehouse.query(
      `SELECT CAST(TIMESTAMP '2024-07-01 00:00:00' AS timestamptz), CAST(TIMESTAMPTZ '2024-07-01 00:30:00+01' AS date)`,
    )
    expect(rows).toEqual([['2024-07-01T00:00:00.000Z', '2024-06-30']])
  })

  it('binds parameters as typed values and never as text of the statement', async () => {
    const { rows } = await warehouse.query(
      `SELECT CAST($1 AS varchar), CAST($2 AS integer) + 1, CAST($3 AS timestamp), CAST($4 AS boolean), 'b' = ANY($5), 'z' = ANY($6)`,
      ["'; DROP TABLE x; --", 41, new Date('2024-07-01T00:00:00Z'), true, ['a', 'b'], []],
    )
    expect(rows).toEqual([["'; DROP TABLE x; --", 42, '2024-07-01T00:00:00.000Z', true, true, false]])
  })

  it('says where in the statement an error is and how to go on', async () => {
    const sql = 'SELECT amount\n,  "zürich" || nam FROM (SELECT 1 AS amount, \'x\' AS name, \'y\' AS "zürich") t'
    const error = await warehouse.query(sql).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(SqlError)
    expect(error).toMatchObject({ kind: 'missing', offset: sql.indexOf('nam FROM') })
    expect((error as SqlError).hint).toMatch(/name/)
  })

  it.each([
    ['syntax', 'SELEC 1'],
    ['missing', 'SELECT * FROM nowhere'],
    ['value', "SELECT CAST('x' AS integer)"],
  ])('tells a %s error from others', async (kind, sql) => {
    await expect(warehouse.query(sql)).rejects.toMatchObject({ name: 'SqlError', kind })
  })

  it('stops a statement when its signal says so, and goes on working', async () => {
    const endless =
      name === 'duckdb' ? 'SELECT count(*) FROM range(100000000000) a, range(1000) b' : 'SELECT pg_sleep(600)'
    const started = Date.now()
    await expect(warehouse.query(endless, [], { signal: AbortSignal.timeout(100) })).rejects.toThrow(/abort/)
    expect(Date.now() - started).toBeLessThan(10_000)
    await expect(warehouse.query('SELECT 1', [], { signal: AbortSignal.abort() })).rejects.toThrow(/abort/)
    expect((await warehouse.query('SELECT 1')).rows).toEqual([[1]])
  })

  it('answers more queries at a time than it has connections', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) => warehouse.query('SELECT CAST($1 AS integer)', [n])),
    )
    expect(answers.map(({ rows }) => rows[0]?.[0])).toEqual(Array.from({ length: 40 }, (_, n) => n))
  })

  it('loads rows by column name, whatever their JavaScript type', async () => {
    await warehouse.query(
      `CREATE TABLE loaded (id bigint, name varchar, started timestamp, instant timestamptz, day date, cost decimal(12, 3), ok boolean, data json)`,
    )
    const columns = ['name', 'id', 'started', 'instant', 'day', 'cost', 'ok', 'data']
    const count = await warehouse.insert('loaded', columns, [
      ['a', 1, '2024-01-01T12:00:00+02:00', '2024-01-01T12:00:00+02:00', '2024-02-03', 1.25, true, { x: [1, null] }],
      [
        7,
        9007199254740991n,
        new Date('2024-01-01T00:00:00Z'),
        new Date(0),
        new Date('2024-05-06T23:00:00Z'),
        '2.5',
        false,
        '[]',
      ],
      [null, null, undefined, null, null, null, null, null],
      ['O\'Hara \\ " {,}', -1, '2024-01-01 00:00:00.123456', '2024-01-01', '2024-01-01T00:00:00Z', 0, null, 'null'],
    ])
    expect(count).toBe(4)
    const { rows } = await warehouse.query(
      'SELECT id, name, started, instant, day, cost, ok, CAST(data AS varchar) FROM loaded',
    )
    expect(rows).toEqual([
      [1, 'a', '2024-01-01T10:00:00.000Z', '2024-01-01T10:00:00.000Z', '2024-02-03', 1.25, true, '{"x":[1,null]}'],
      [9007199254740991, '7', '2024-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z', '2024-05-06', 2.5, false, '[]'],
      [null, null, null, null, null, null, null, null],
      [
        -1,
        'O\'Hara \\ " {,}',
        '2024-01-01T00:00:00.123456Z',
        '2024-01-01T00:00:00.000Z',
        '2024-01-01',
        0,
        null,
        'null',
      ],
    ])
  })

  it('leaves columns that are not named null and takes as many rows as there are', async () => {
    await warehouse.query(`CREATE TABLE many (n integer, label ${typeOf('string')}, extra ${typeOf('time')})`)
    async function* rows() {
      for (let n = 0; n < 12_345; n++) yield [n, `row ${n}`]
    }
    expect(await warehouse.insert('many', ['n', 'label'], rows())).toBe(12_345)
    expect((await warehouse.query('SELECT count(*), sum(n), count(extra), max(label) FROM many')).rows).toEqual([
      [12_345, (12_344 * 12_345) / 2, 0, 'row 9999'],
    ])
  })

  it('loads all rows or none and says which value does not fit', async () => {
    await warehouse.query('CREATE TABLE strict_one (n integer)')
    const rows = Array.from({ length: 6_000 }, (_, n) => [n === 5_999 ? 'six' : n])
    const error = await warehouse.insert('strict_one', ['n'], rows).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(UserError)
    expect(String(error)).toMatch(/AM3011.*strict_one.*six/)
    expect((await warehouse.query('SELECT count(*) FROM strict_one')).rows).toEqual([[0]])
    await expect(warehouse.insert('strict_one', ['m'], [[1]])).rejects.toThrow(/no column `m`/)
    await expect(warehouse.insert('nowhere', ['m'], [[1]])).rejects.toThrow(/nowhere/)
  })

  it('does all of a transaction or nothing', async () => {
    await warehouse.query('CREATE TABLE account (n integer)')
    await expect(
      warehouse.transaction(async (tx) => {
        await tx.insert('account', ['n'], [[1]])
        await tx.touch('account')
        expect((await tx.query('SELECT count(*) FROM account')).rows).toEqual([[1]])
        await tx.query('SELECT nothing FROM account')
      }),
    ).rejects.toThrow(/nothing/)
    expect((await warehouse.query('SELECT count(*) FROM account')).rows).toEqual([[0]])
    expect((await warehouse.dataVersions()).get('account')).toBeUndefined()
  })

  it('counts up the data version of what a committed transaction touched', async () => {
    const touch = () => warehouse.transaction((tx) => tx.touch('fct_a', 'raw.b', 'fct_a'))
    await touch()
    const before = await warehouse.dataVersions()
    await Promise.all([touch(), touch(), touch()])
    const after = await warehouse.dataVersions()
    expect(after.get('fct_a')).toBe((before.get('fct_a') ?? 0) + 3)
    expect(after.get('raw.b')).toBe(4)
    const { rows } = await warehouse.query("SELECT version FROM _metrics.data_versions WHERE relation = 'fct_a'")
    expect(rows).toEqual([[after.get('fct_a')]])
  })

  it('describes and lists relations, in any schema and with odd names', async () => {
    await warehouse.query(`CREATE SCHEMA odd; CREATE TABLE odd."Order ""x""" ("select" ${typeOf('number')}, "Ärger" ${typeOf('time')});
      CREATE VIEW odd.v AS SELECT true AS yes, DATE '2024-01-01' AS day, 'x' AS name`)
    expect(await warehouse.describe('odd.Order "x"')).toEqual([
      { name: 'select', type: 'number' },
      { name: 'Ärger', type: 'timestamp' },
    ])
    expect(await warehouse.describe('odd.v')).toEqual([
      { name: 'yes', type: 'boolean' },
      { name: 'day', type: 'date' },
      { name: 'name', type: 'string' },
    ])
    expect(await warehouse.describe('nowhere')).toEqual([])
    expect(await warehouse.describe('no.where')).toEqual([])
    const tables = await warehouse.tables()
    expect(tables).toContainEqual({ schema: 'odd', name: 'Order "x"', type: 'table' })
    expect(tables).toContainEqual({ schema: 'odd', name: 'v', type: 'view' })
    expect(tables.some(({ schema }) => schema === '_metrics')).toBe(false)
  })

  it('speaks SQL that the engine takes', async () => {
    const values = `(VALUES (1.0), (2.0), (10.0)) AS t (${dialect.quote('order')})`
    const median = dialect.percentile(dialect.quote('order'), 0.5)
    const text = dialect.literal("it's \\ {{x}}")
    expect((await warehouse.query(`SELECT ${median}, ${text} FROM ${values}`)).rows).toEqual([[2, "it's \\ {{x}}"]])
  })
})
