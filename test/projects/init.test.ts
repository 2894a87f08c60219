import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { type InitializedProject, initProject } from '../../runtime/init/index.ts'
import { runTests } from '../../runtime/testing/index.ts'
import { openWarehouse } from '../../runtime/warehouse/index.ts'
import { EVERYTHING, type OpenProject, openProject } from './open-project.ts'

const scratch = mkdtempSync(join(tmpdir(), 'init-'))
const opened: OpenProject[] = []
afterEach(async () => {
  for (const project of opened.splice(0)) await project.close()
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

let folders = 0
const newFolder = () => {
  folders += 1
  const dir = join(scratch, `project-${folders}`)
  mkdirSync(dir)
  return dir
}

/** Writes the files, makes a project of them, validates, builds and tests it and asks for every metric by everything. */
async function start(contents: Readonly<Record<string, string>>, more: readonly string[] = []) {
  const dir = newFolder()
  const from = Object.entries(contents).map(([name, content]) => {
    const file = join(dir, 'data', name)
    mkdirSync(join(dir, 'data'), { recursive: true })
    writeFileSync(file, content)
    return file
  })
  const made = await initProject({ dir, from: [...from, ...more] })
  return check(dir, made)
}

async function check(dir: string, made: InitializedProject) {
  const project = await openProject(dir)
  opened.push(project)
  const { manifest, diagnostics } = project.project
  expect(diagnostics).toEqual([])
  const tests = await runTests(manifest, manifest.tests)
  expect(tests.length).toBeGreaterThan(0)
  expect(tests.filter(({ status }) => status !== 'passed')).toEqual([])
  const ask = async (query: object) => (await project.layer.query(query, EVERYTHING)).rows
  for (const { name, dimensions } of manifest.metrics) {
    await ask({ metrics: [name] })
    for (const { model, dimension } of dimensions)
      await ask({ metrics: [name], by: [`${model}.${dimension}`], limit: 3 })
  }
  for (const { rows } of manifest.dashboards) {
    for (const { query } of rows.flatMap(({ widgets }) => widgets)) if (query) await ask(query)
  }
  return { ...made, dir, manifest, ask, metricNames: manifest.metrics.map(({ name }) => name) }
}

describe('a project from files', () => {
  it('finds rates, sums, times and keys', async () => {
    const { ask, manifest, metricNames } = await start({
      'orders.csv': `order_id,ordered_at,amount,paid\n${Array.from({ length: 40 }, (_, index) => `${index},2026-01-${String((index % 28) + 1).padStart(2, '0')},${index * 1.5},${index % 4 === 0 ? '' : index % 2 === 0}`).join('\n')}\n`,
    })
    expect(metricNames).toEqual(
      [
        'orders_count',
        'paid_count',
        'paid_known_count',
        'paid_rate',
        'total_amount',
        'avg_amount',
        'median_amount',
      ].sort(),
    )
    expect(await ask({ metrics: ['orders_count', 'paid_rate', 'total_amount'] })).toEqual([
      { orders_count: 40, paid_rate: 1 / 3, total_amount: 1170 },
    ])
    const [orders] = manifest.models
    expect(orders).toMatchObject({ primaryKey: 'order_id', timeDimension: 'ordered_at' })
    expect(await ask({ metrics: ['orders_count'], grain: 'month' })).toEqual([{ time: '2026-01-01', orders_count: 40 }])
  })

  it('joins by name where the values agree, and only there', async () => {
    const customers = Array.from({ length: 12 }, (_, index) => `k${index},Name ${index},${index % 2 ? 'DE' : 'FR'}`)
    const orders = Array.from({ length: 60 }, (_, index) => `o${index},k${index % 12},x${index}`)
    const strangers = Array.from({ length: 12 }, (_, index) => `y${index},Other ${index}`)
    const { ask, manifest } = await start({
      'customers.csv': `customer_id,customer_name,country\n${customers.join('\n')}`,
      'orders.csv': `order_id,customer_id,stranger_id\n${orders.join('\n')}`,
      'strangers.csv': `stranger_id,title\n${strangers.join('\n')}`,
    })
    const joins = manifest.models.flatMap(({ name, joins }) => joins.map(({ to }) => `${name} → ${to}`))
    expect(joins).toEqual(['orders → customers'])
    const [{ dimensions = [] } = {}] = manifest.models.filter(({ name }) => name === 'orders')
    expect(dimensions.map(({ name }) => name)).toEqual(['order_id', 'stranger_id'])
    const answer = await ask({ metrics: ['orders_count'], by: ['country'], order: ['country'] })
    expect(answer).toEqual([
      { country: 'DE', orders_count: 30 },
      { country: 'FR', orders_count: 30 },
    ])
  })

  it('keeps the values that a joined file lacks', async () => {
    const cities = Array.from({ length: 30 }, (_, index) => `c${index % 15},${index}`)
    const known = Array.from({ length: 12 }, (_, index) => `c${index},Region ${index % 3}`)
    const { ask } = await start({
      'visits.csv': `city,n\n${cities.join('\n')}`,
      'city.csv': `city,region\n${known.join('\n')}`,
    })
    expect(await ask({ metrics: ['visits_count'], by: ['visits.city'] })).toHaveLength(15)
    expect(await ask({ metrics: ['visits_count'], by: ['region'] })).toHaveLength(4)
  })

  it('takes column names with spaces, signs, keywords, other scripts, upper case and doubles', async () => {
    const { ask, manifest } = await start({
      'Ugly Namés (1).csv': [
        '"Total Amount ($)",select,order,time,Größe,数量,日本,"a ""b""",2nd,Name,name,NAME,group',
        ...Array.from(
          { length: 20 },
          (_, index) =>
            `${index}.5,${index % 3},o${index % 4},t${index},${index},${index},x,q,${index},n,m,k,g${index % 2}`,
        ),
      ].join('\n'),
    })
    const [model] = manifest.models
    expect(model?.name).toBe('ugly_names_1')
    expect(model?.dimensions.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['order', 'select', 'name', 'group']),
    )
    expect(await ask({ metrics: ['total_amount', 'total_grosse', 'total_n_2nd'] })).toEqual([
      { total_amount: 200, total_grosse: 190, total_n_2nd: 190 },
    ])
    expect(manifest.metrics.find(({ name }) => name === 'total_column_6')?.label).toBe('Total 数量')
    const counted = await ask({ metrics: ['ugly_names_1_count'], by: ['group'], order: ['group'] })
    expect(counted).toEqual([
      { group: 'g0', ugly_names_1_count: 10 },
      { group: 'g1', ugly_names_1_count: 10 },
    ])
  })

  it('names tables after files that are called like keywords, alike, or not at all', async () => {
    const { manifest } = await start({
      'order.csv': 'a,b\n1,x\n2,y\n',
      'order.json': '[{"a": 1, "c": "z"}]',
      '数据.csv': 'd,e\n1,x\n',
      '2024 sales.csv': 'f,g\n1,x\n',
      'stack_trace.csv': 'h,i\n1,x\n',
    })
    const names = manifest.models.map(({ name }) => name)
    expect(new Set(names).size).toBe(5)
    expect(
      names.every((name) => /^[a-z][a-z0-9_]*$/.test(name) && name !== 'order' && !name.startsWith('stack_')),
    ).toBe(true)
  })

  it('reads days and instants that stand as text or numbers', async () => {
    const lines = Array.from({ length: 30 }, (_, index) => {
      const day = String((index % 28) + 1).padStart(2, '0')
      return `Jan ${day} 2026,${day}.01.2026,2026-01-${day}T10:00:00+02:00,${1767225600 + index * 86400},${day}/01/2026`
    })
    const { manifest, ask } = await start({
      'times.csv': `a_text,b_text,c_text,created_at,d_text\n${lines.join('\n')}`,
    })
    const types = Object.fromEntries(manifest.models[0]?.dimensions.map(({ name, type }) => [name, type]) ?? [])
    expect(types).toEqual({ a_text: 'time', b_text: 'time', c_text: 'time', created_at: 'time', d_text: 'time' })
    expect(await ask({ metrics: ['times_count'], grain: 'month' })).toEqual([{ time: '2026-01-01', times_count: 30 }])
  })

  it('says which days it could not tell from months, and leaves them as they are', async () => {
    const { manifest, notes } = await start({
      'days.json': '[{"day": "01/02/2026", "n": 5}, {"day": "03/04/2026", "n": 6}, {"day": "05/06/2026", "n": 7}]',
    })
    expect(manifest.models[0]?.dimensions).toMatchObject([{ name: 'day', type: 'string' }])
    expect(notes.join()).toContain('%d/%m/%Y')
  })

  it('keeps the digits of huge numbers', async () => {
    const { ask } = await start({
      'huge.csv': 'big_id,amount\n9007199254740993,1\n9007199254740995,2\n-9223372036854775808,3\n',
    })
    const rows = await ask({ metrics: ['total_amount'], by: ['big_id'] })
    expect(rows.map(({ big_id }) => big_id).sort()).toEqual([
      '-9223372036854775808',
      '9007199254740993',
      '9007199254740995',
    ])
  })

  it('takes fields of objects, and says what it leaves out', async () => {
    const { manifest, notes } = await start({
      'nested.ndjson': [
        '{"id": "a", "size": {"width": 3, "inner": {"deep": 1}}, "tags": ["x"], "mixed": 1, "none": null}',
        '{"id": "b", "size": {"width": 5, "inner": {"deep": 2}}, "tags": [], "mixed": "two", "none": null}',
      ].join('\n'),
    })
    expect(manifest.metrics.map(({ name }) => name)).toContain('avg_width')
    const said = notes.join('\n')
    for (const column of ['size.inner', 'tags', 'none']) expect(said).toContain(`\`${column}\``)
    expect(manifest.models[0]?.dimensions.map(({ name }) => name)).toContain('mixed')
  })

  it('starts from a file with a header and no rows', async () => {
    const { ask, notes } = await start({ 'later.csv': 'name,amount\n' })
    expect(notes.join()).toContain('no rows')
    expect(await ask({ metrics: ['later_count'] })).toEqual([{ later_count: 0 }])
  })

  it('reads Parquet, TSV, compressed files and byte order marks', async () => {
    const dir = newFolder()
    const maker = await openWarehouse({ type: 'duckdb', path: ':memory:' }, { fileAccess: true })
    const files = ['a.parquet', 'b.csv.gz'].map((name) => join(dir, name))
    await maker.query(`copy (select 'x' as kind, i as amount from range(5) t(i)) to '${files[0]}' (format parquet)`)
    await maker.query(`copy (select 'y' as kind, i as amount from range(7) t(i)) to '${files[1]}' (compression gzip)`)
    await maker.close()
    const { ask } = await start({ 'c.tsv': '\uFEFFkind\tamount\nz\t1\n' }, files)
    expect(await ask({ metrics: ['a_count', 'b_count', 'c_count'] })).toEqual([{ a_count: 5, b_count: 7, c_count: 1 }])
    expect(await ask({ metrics: ['c_count'], by: ['kind'] })).toEqual([{ kind: 'z', c_count: 1 }])
  })

  it('answers over real runs of agents', async () => {
    const data = resolve(import.meta.dirname, '../../../shared/data/openhands-index')
    const files = ['instance_results.csv', 'scores.jsonl'].map((name) => join(data, name))
    if (!files.every((file) => existsSync(file))) {
      console.warn(`SKIPPED: ${data} is missing, so no project was made from it.`)
      return
    }
    const dir = newFolder()
    const { ask, notes } = await check(dir, await initProject({ dir, from: files }))
    expect(await ask({ metrics: ['instance_results_count', 'scores_count'] })).toEqual([
      { instance_results_count: 51451, scores_count: 215 },
    ])
    const [codex] = await ask({ metrics: ['resolved_rate'], by: ['agent'], where: "{agent} = 'Codex'" })
    expect(codex?.resolved_rate).toBeCloseTo(0.733945, 5)
    expect(notes.join()).toContain('if 0 means unknown')
  })
})

describe('a new project', () => {
  it('works at once without any file', async () => {
    const dir = newFolder()
    const { files, ask } = await check(dir, await initProject({ dir }))
    expect(files).toEqual(expect.arrayContaining(['README.md', 'AGENTS.md', 'metrics.config.ts']))
    const [row] = await ask({ metrics: ['revenue', 'return_rate'] })
    expect(row?.revenue).toBeGreaterThan(1000)
    expect(row?.return_rate).toBeCloseTo(0.09, 1)
  })

  it('never overwrites a project, and keeps the README that was there', async () => {
    const dir = newFolder()
    writeFileSync(join(dir, 'README.md'), 'mine')
    await initProject({ dir })
    expect(readFileSync(join(dir, 'README.md'), 'utf8')).toBe('mine')
    await expect(initProject({ dir })).rejects.toThrow(/AM6010/)
  })

  it('says which file cannot be read, and writes nothing', async () => {
    const dir = newFolder()
    const missing = join(dir, 'missing.csv')
    await expect(initProject({ dir, from: [missing] })).rejects.toThrow(/AM6020.*missing\.csv/s)
    const broken = join(dir, 'broken.parquet')
    writeFileSync(broken, 'not parquet')
    await expect(initProject({ dir, from: [broken] })).rejects.toThrow(/AM6020.*broken\.parquet/s)
    expect(existsSync(join(dir, 'metrics.config.ts'))).toBe(false)
  })

  it('refuses empty files', async () => {
    const dir = newFolder()
    const empty = join(dir, 'empty.csv')
    writeFileSync(empty, '')
    await expect(initProject({ dir, from: [empty] })).rejects.toThrow(/AM602/)
  })
})
