import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { planImport, writeFiles } from '../../runtime/interchange/index.ts'
import { EVERYTHING, type OpenProject, openProject } from '../projects/open-project.ts'

const INPUT = join(import.meta.dirname, '../input')
const CONFIG = 'name: shop\nwarehouse: { type: duckdb, path: ":memory:" }\ntenancy: false\n'
const TABLES = [
  'create schema shop',
  `create table shop.people as select i as id, case when i % 2 = 0 then 'DE' else 'FR' end as country, 'p' || i as name from range(8) r(i)`,
  `create table shop.orders as select i as id, i * 5 % 8 as user_id, ((i * 17) % 83 + 5)::double as sale_price,
    case i % 6 when 0 then 'complete' when 1 then 'open' when 2 then 'new' when 3 then 'cancelled' when 4 then 'shipped' end as status,
    timestamp '2024-01-03 09:00:00' + interval (i * 17) hour as created_at from range(120) r(i)`,
]
const FROM = 'shop.orders o left join shop.people u on o.user_id = u.id'
const COMMON = {
  orders_count: 'count(*)',
  completed_count: `count(*) filter (where status = 'complete')`,
  revenue_of_germans: `sum(sale_price) filter (where country = 'DE')`,
  average_price: 'avg(sale_price)',
  buyers: 'count(distinct user_id)',
  price_p75: 'quantile_cont(sale_price, 0.75)',
  completion_rate: `count(*) filter (where status = 'complete') / count(*)`,
  revenue_per_buyer: 'sum(sale_price) / count(distinct user_id)',
}
const SAMPLES = [
  {
    from: 'lookml' as const,
    metrics: {
      ...COMMON,
      open_or_new_count: `count(*) filter (where status in ('open', 'new'))`,
      not_cancelled_count: `count(*) filter (where status <> 'cancelled' and status is not null)`,
      shipped_like_count: `count(*) filter (where status like 'ship%')`,
      large_revenue: 'sum(sale_price) filter (where sale_price > 50)',
      mid_price_count: 'count(*) filter (where sale_price >= 20 and sale_price < 60)',
      total_revenue: 'sum(sale_price)',
      median_price: 'median(sale_price)',
    },
  },
  { from: 'cube' as const, metrics: { ...COMMON, revenue: 'sum(sale_price)' } },
]

describe.each(SAMPLES)('a project imported from $from', ({ from, metrics }) => {
  let dir: string
  let open: OpenProject
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), `metrics-${from}-`))
    writeFileSync(join(dir, 'metrics.config.yml'), CONFIG)
    const { files, losses } = await planImport({
      dir,
      from,
      paths: [join(INPUT, `interchange-${from}`)],
      out: 'metrics',
    })
    expect(losses.map(({ code }) => code)).toEqual(['AM6235', 'AM6235'])
    await writeFiles(dir, files, false)
    open = await openProject(dir, (warehouse) =>
      warehouse.transaction(async (tx) => {
        for (const sql of TABLES) await tx.query(sql)
      }),
    )
  }, 60_000)
  afterAll(async () => {
    await open?.close()
    rmSync(dir, { recursive: true, force: true })
  })

  test.each(Object.entries(metrics))(
    'answers %s as plain SQL does: in all, by month, by country',
    async (metric, sql) => {
      const ask = async (query: object) =>
        (await open.layer.query({ metrics: [metric], limit: 1000, ...query }, EVERYTHING)).rows
      const plain = async (by: string) =>
        (await open.warehouse.query(`select ${by} as k, ${sql} as v from ${FROM} group by 1`)).rows
      expect(closely((await ask({})).map((row) => ['all', row[metric]]))).toEqual(closely(await plain(`'all'`)))
      const range = { grain: 'month', from: '2024-01-01', to: '2024-03-31' }
      expect(closely((await ask(range)).map((row) => [String(row.time).slice(0, 10), row[metric]]))).toEqual(
        closely(await plain(`cast(date_trunc('month', created_at) as varchar)[:10]`)),
      )
      expect(closely((await ask({ by: ['country'] })).map((row) => [row.country, row[metric]]))).toEqual(
        closely(await plain('country')),
      )
    },
  )
})

const closely = (rows: readonly (readonly unknown[])[]) =>
  rows
    .map(([key, value]) => [key, Number(Number(value).toPrecision(10))])
    .sort((a, b) => (String(a) < String(b) ? -1 : 1))

test('roles without a policy in Cube see no rows, those with one see theirs', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'metrics-policy-'))
  writeFileSync(join(dir, 'metrics.config.yml'), CONFIG)
  const { files } = await planImport({
    dir,
    from: 'cube',
    paths: [join(INPUT, 'interchange-losses-cube')],
    out: 'metrics',
  })
  await writeFiles(dir, files, false)
  const open = await openProject(dir, (warehouse) =>
    warehouse.transaction(async (tx) => {
      await tx.query('create schema bank')
      await tx.query(`create table bank.accounts as select i as id, 'DE' as iban, case when i < 3 then 'north' else 'south' end as branch,
        timestamp '2024-01-01' as opened_at, timestamp '2024-02-01' as closed_at, 'o' as owner, 10 as balance from range(10) r(i)`)
    }),
  )
  const seen = async (role: 'admin' | 'manager' | 'user' | 'viewer') => {
    const caller = { org: null, role, user: null, attributes: { branch: 'north' } }
    return (await open.layer.query({ metrics: ['accounts_count'] }, caller)).rows[0]?.accounts_count ?? 0
  }
  expect([await seen('admin'), await seen('manager'), await seen('user'), await seen('viewer')]).toEqual([0, 3, 0, 0])
  await open.close()
  rmSync(dir, { recursive: true, force: true })
}, 60_000)
