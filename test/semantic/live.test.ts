import { describe, expect, it } from 'vitest'
import type { Manifest } from '../../runtime/compiler/index.ts'
import type { Warehouse } from '../../runtime/warehouse/index.ts'
import { caller, companyEngines, companyManifest, openCompany } from './company/company.ts'

const [engine] = await companyEngines()
if (engine === undefined) throw new Error('no engine')
const { warehouse } = engine
const acme = caller('acme')

const renamed = (manifest: Manifest, from: string, to: string): Manifest =>
  JSON.parse(JSON.stringify(manifest).replaceAll(`"${from}"`, `"${to}"`)) as Manifest

describe('a live layer', () => {
  it('asks the warehouse once while nothing changes', async () => {
    const layer = await openCompany(engine)
    const query = { metrics: ['revenue'], by: ['status'] }
    const first = await layer.query(query, acme)
    const second = await layer.query(query, acme)
    expect([first.cached, second.cached]).toEqual([false, true])
    expect(second.rows).toEqual(first.rows)
    expect((await layer.query(query, caller('bolt'))).cached).toBe(false)
    await warehouse.transaction((tx) => tx.touch('books.refunds'))
    expect((await layer.query(query, acme)).cached).toBe(true)
    await warehouse.transaction((tx) => tx.touch('books.shops'))
    expect((await layer.query(query, acme)).cached).toBe(false)
  })

  it('asks once for those who want the same at the same time, and goes on while one of them waits', async () => {
    let asked = 0
    const counting: Warehouse = Object.assign(Object.create(warehouse) as Warehouse, {
      dataVersions: () => warehouse.dataVersions(),
      query: (...args: Parameters<Warehouse['query']>) => {
        asked++
        return warehouse.query(...args)
      },
    })
    const layer = await openCompany({ name: 'duckdb', warehouse: counting })
    const query = { metrics: ['revenue', 'basket_p90'], by: ['shops.name'] }
    const [gone, ...stay] = Array.from({ length: 5 }, () => new AbortController())
    const answers = [gone, ...stay].map((one) => layer.query(query, acme, { signal: one?.signal }))
    gone?.abort()
    const settled = await Promise.allSettled(answers)
    expect(settled.map(({ status }) => status)).toEqual(['rejected', ...stay.map(() => 'fulfilled')])
    expect(asked).toBe(1)
    const last = new AbortController()
    const alone = layer.query({ ...query, limit: 1 }, acme, { signal: last.signal })
    last.abort()
    await expect(alone).rejects.toThrow(/abort/i)
  })

  it('does not remember answers over relations that change outside the project', async () => {
    const manifest = renamed(await companyManifest('duckdb'), 'books.refunds', 'books.loose')
    await warehouse.query('CREATE TABLE books.loose AS SELECT * FROM books.refunds')
    const layer = await openCompany(engine)
    await layer.swap(manifest)
    await layer.query({ metrics: ['refunds_made'] }, acme)
    await warehouse.query("INSERT INTO books.loose (refund_id, org_id, reason) VALUES ('x', 'acme', 'broken')")
    const { rows, cached } = await layer.query({ metrics: ['refunds_made'] }, acme)
    expect([rows[0]?.refunds_made, cached]).toEqual([121, false])
  })

  it('swaps to another project at once, and keeps the good one when the other does not compile', async () => {
    const layer = await openCompany(engine)
    const good = await companyManifest('duckdb')
    await layer.swap(renamed(good, 'revenue', 'turnover'))
    expect((await layer.query({ metrics: ['turnover'] }, acme)).rows).toHaveLength(1)
    await expect(layer.query({ metrics: ['revenue'] }, acme)).rejects.toThrow('AM4001')
    await expect(layer.swap(renamed(good, 'express', 'not a name'))).rejects.toThrow()
    expect((await layer.query({ metrics: ['turnover'] }, acme)).rows).toHaveLength(1)
    expect(layer.manifest().metrics.some(({ name }) => name === 'turnover')).toBe(true)
  })

  it('answers questions that started before a swap', async () => {
    const layer = await openCompany(engine)
    const asked = Promise.all(
      Array.from({ length: 5 }, (_, at) => layer.query({ metrics: ['revenue'], where: `{minutes} > ${at}` }, acme)),
    )
    await layer.swap(renamed(await companyManifest('duckdb'), 'revenue', 'turnover'))
    expect(await asked).toHaveLength(5)
  })

  it('opens a project without definitions', async () => {
    const layer = await openCompany(engine)
    await layer.swap({ ...(await companyManifest('duckdb')), models: [], metrics: [], stacks: [] })
    expect(layer.meta(acme)).toEqual([])
    await expect(layer.query({ metrics: ['revenue'] }, acme)).rejects.toThrow('AM4001')
  })

  it('says what is wrong with the SQL of a definition', async () => {
    const manifest = renamed(await companyManifest('duckdb'), 'books.refunds', 'books.missing')
    const layer = await openCompany(engine)
    await layer.swap(manifest)
    await expect(layer.query({ metrics: ['refunds_made'] }, acme)).rejects.toThrow(/AM4010.*missing/)
  })

  it('stops a query when nobody waits for it any more', async () => {
    const layer = await openCompany(engine)
    const asked = layer.query({ metrics: ['revenue'], where: '{minutes} > 77' }, acme, { signal: AbortSignal.abort() })
    await expect(asked).rejects.toThrow(/abort/i)
  })
})

describe('questions', () => {
  it.each([
    [{ metrics: ['revenu'] }, /AM4001.*Did you mean `revenue`/],
    [{ metrics: ['revenue'], by: ['statu'] }, /AM4002.*Did you mean `status`/],
    [
      { metrics: ['revenue'], by: ['name'] },
      /AM4003.*`shops.name` or `regions.name`|AM4003.*`regions.name` or `shops.name`/,
    ],
    [{ metrics: ['revenue'], by: ['refunds.reason'] }, /AM4004.*`refunds.reason` cannot be combined with `revenue`/],
    [{ metrics: ['shop_count'], grain: 'day' }, /AM4005/],
    [{ metrics: ['revenue'], where: '{status} =' }, /AM4006/],
    [{ metrics: ['revenue'], where: "{revenue} > 1 or {status} = 'x'" }, /AM4006.*revenue/],
    [{ metrics: ['revenue'], from: '2024-02-30' }, /AM4009.*2024-02-30/],
    [{ metrics: ['revenue'], from: '2024-03-01', to: '2024-02-01' }, /AM4009.*ends/],
    [{ metrics: ['revenue'], timezone: 'Mars/Base' }, /AM4009.*Mars/],
    [{ metrics: ['revenue'], order: ['status'] }, /AM4009.*status/],
    [{}, /AM4009/],
    [{ by: ['refunds.reason', 'orders.status'] }, /AM4004/],
  ])('that cannot be answered say why: %j', async (query, message) => {
    const layer = await openCompany(engine)
    await expect(layer.query(query as never, acme)).rejects.toThrow(message)
  })

  it('give instants and days as they are, whatever the time zone', async () => {
    const layer = await openCompany(engine)
    const query = { by: ['shops.opened'], order: ['shops.opened'], limit: 1, timezone: 'America/New_York' }
    expect((await layer.query(query, acme)).rows).toEqual([{ 'shops.opened': '2020-01-01T00:00:00.000Z' }])
  })

  it('without a limit are cut at a hundred thousand rows, and say so', async () => {
    await warehouse.query(`CREATE TABLE books.many AS SELECT 'o' || i AS order_id, 'acme' AS org_id, TIMESTAMP '2024-01-01' AS placed_at,
      NULL AS shop_id, NULL AS user_id, 1.5 AS amount, 1 AS minutes, 'done' AS status, 'x' AS "order", true AS express FROM range(100100) t(i)`)
    const layer = await openCompany(engine)
    await layer.swap(renamed(await companyManifest('duckdb'), 'books.orders', 'books.many'))
    const { rows, truncated } = await layer.query({ metrics: ['revenue'], by: ['order_id'] }, acme)
    expect([rows.length, truncated]).toEqual([100_000, true])
    const some = await layer.query({ metrics: ['revenue'], by: ['order_id'], limit: 100_050 }, acme)
    expect([some.rows.length, some.truncated]).toEqual([100_050, false])
  })

  it('take ranges with one end, instants and local times', async () => {
    const layer = await openCompany(engine)
    const count = async (query: object) =>
      Number((await layer.query({ metrics: ['orders_placed'], ...query }, acme)).rows[0]?.orders_placed)
    const all = await count({})
    const [before, after] = [await count({ to: '2024-03-30' }), await count({ from: '2024-03-31' })]
    expect(before + after).toBe(all)
    expect(before).toBeGreaterThan(0)
    const zone = { timezone: 'Europe/Berlin' }
    expect(await count({ ...zone, from: '2024-03-31', to: '2024-03-31' })).toBe(
      await count({ from: '2024-03-30T23:00:00Z', to: '2024-03-31T21:59:59.999Z' }),
    )
    expect(await count({ ...zone, from: '2024-03-31T00:00', to: '2024-03-31T23:59:59.999' })).toBe(
      await count({ ...zone, from: '2024-03-31', to: '2024-03-31' }),
    )
  })
})
