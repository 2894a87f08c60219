import { fileURLToPath } from 'node:url'
import { compile, type Manifest } from '../../../runtime/compiler/index.ts'
import { loadDefinitions, type Role } from '../../../runtime/definitions/index.ts'
import { createSemanticLayer, type SecurityContext, type SemanticLayer } from '../../../runtime/semantic/index.ts'
import { openWarehouse, type Warehouse } from '../../../runtime/warehouse/index.ts'
import { postgresDatabase } from '../../support/postgres.ts'

const DIR = fileURLToPath(new URL('.', import.meta.url))

/** The manifest of the small company of this folder. */
export const companyManifest = (dialect: 'duckdb' | 'postgres', weekStart?: 'monday' | 'sunday'): Promise<Manifest> =>
  compileFolder(DIR, dialect, weekStart)

/** The manifest of a folder of definitions; throws where something is wrong with it. */
export async function compileFolder(
  dir: string,
  dialect: 'duckdb' | 'postgres',
  weekStart: 'monday' | 'sunday' = 'monday',
): Promise<Manifest> {
  const { files, sqlFiles, diagnostics } = await loadDefinitions(dir)
  const warehouse = dialect === 'duckdb' ? { type: dialect, path: ':memory:' } : { type: dialect, url: '' }
  const config = { name: 'company', warehouse, tenancy: { key: 'org_id' }, timezone: 'UTC', weekStart }
  const compiled = compile({ config: config as never, files, sqlFiles, today: '2024-12-31' })
  const problems = [...diagnostics, ...compiled.diagnostics].filter(({ severity }) => severity === 'error')
  if (problems.length > 0) throw new Error(JSON.stringify(problems, null, 2))
  return compiled.manifest
}

export interface Engine {
  readonly name: 'duckdb' | 'postgres'
  readonly warehouse: Warehouse
}

/** DuckDB, and Postgres where there is one, each with the rows of the company. */
export async function companyEngines(): Promise<readonly Engine[]> {
  const url = await postgresDatabase()
  const engines: Engine[] = [{ name: 'duckdb', warehouse: await openWarehouse({ type: 'duckdb', path: ':memory:' }) }]
  if (url !== null) engines.push({ name: 'postgres', warehouse: await openWarehouse({ type: 'postgres', url }) })
  for (const { warehouse } of engines) await seedCompany(warehouse)
  return engines
}

export async function openCompany(engine: Engine, weekStart: 'monday' | 'sunday' = 'monday'): Promise<SemanticLayer> {
  return createSemanticLayer({
    manifest: await companyManifest(engine.name, weekStart),
    warehouse: engine.warehouse,
    rollups: 'manual',
  })
}

export const caller = (
  org: string,
  role: Role = 'admin',
  attributes: Record<string, unknown> = {},
): SecurityContext => ({
  org,
  role,
  user: 'u1',
  attributes,
})

/** Two tenants whose ids overlap; nulls everywhere; rows around every change of the clock of 2024 and at the last microsecond of days. */
export async function seedCompany(warehouse: Warehouse): Promise<void> {
  const text = warehouse.dialect.name === 'duckdb' ? 'VARCHAR' : 'text'
  await warehouse.transaction(async (tx) => {
    await tx.query('CREATE SCHEMA books')
    await tx.query(
      `CREATE TABLE books.orders (order_id ${text}, org_id ${text}, shop_id ${text}, user_id ${text}, amount double precision, minutes integer, status ${text}, "order" ${text}, express boolean, placed_at timestamp)`,
    )
    await tx.query(
      `CREATE TABLE books.shops (shop_id ${text}, org_id ${text}, name ${text}, region_id integer, opened date)`,
    )
    await tx.query(`CREATE TABLE books.regions (region_id integer, name ${text})`)
    await tx.query(`CREATE TABLE books.heads (region_id integer, org_id ${text}, head ${text})`)
    await tx.query(`CREATE TABLE books.people (user_id ${text}, org_id ${text}, email ${text})`)
    await tx.query(
      `CREATE TABLE books.refunds (refund_id ${text}, org_id ${text}, shop ${text}, amount decimal(12, 2), reason ${text}, refunded_at timestamp)`,
    )
    await tx.insert(
      'books.orders',
      ['order_id', 'org_id', 'shop_id', 'user_id', 'amount', 'minutes', 'status', 'order', 'express', 'placed_at'],
      orderRows(),
    )
    await tx.insert('books.shops', ['shop_id', 'org_id', 'name', 'region_id', 'opened'], shopRows())
    await tx.insert(
      'books.regions',
      ['region_id', 'name'],
      [
        [1, 'North'],
        [2, 'South'],
      ],
    )
    await tx.insert('books.heads', ['region_id', 'org_id', 'head'], headRows())
    await tx.insert('books.people', ['user_id', 'org_id', 'email'], personRows())
    await tx.insert('books.refunds', ['refund_id', 'org_id', 'shop', 'amount', 'reason', 'refunded_at'], refundRows())
    await tx.touch('books.orders', 'books.shops', 'books.regions', 'books.heads', 'books.people', 'books.refunds')
  })
}

const ORGS = ['acme', 'bolt']
const EDGES = [
  '2024-03-10T06:59:59.999999Z',
  '2024-03-10T07:00:00.000000Z',
  '2024-03-31T00:59:59.999500Z',
  '2024-03-31T01:00:00.000000Z',
  '2024-03-30T22:59:59.999999Z',
  '2024-03-30T23:00:00.000000Z',
  '2024-04-06T14:45:00.000000Z',
  '2024-04-06T15:15:00.000000Z',
  '2024-10-05T13:29:59.999999Z',
  '2024-10-05T13:30:00.000000Z',
  '2024-10-27T00:30:00.000000Z',
  '2024-10-27T01:30:00.000000Z',
  '2024-11-03T05:30:00.000000Z',
  '2024-11-03T06:30:00.000000Z',
  '2023-12-31T23:59:59.999999Z',
  '2024-02-29T12:00:00.000000Z',
]

function orderRows(): unknown[][] {
  const random = randomNumbers(7)
  const start = Date.parse('2023-11-20T00:00:00Z')
  return ORGS.flatMap((org, tenant) =>
    Array.from({ length: 500 }, (_, at) => {
      const instant = EDGES[at] ?? new Date(start + Math.floor(random() * 400 * 86_400) * 1000).toISOString()
      const amount = random() < 0.1 ? null : Math.round(random() * 10_000) / 100
      const shop = random() < 0.1 ? null : `s${Math.floor(random() * 4)}`
      const status = random() < 0.1 ? null : random() < 0.3 ? 'failed' : 'done'
      return [
        `o${at}`,
        org,
        shop,
        random() < 0.05 ? null : `u${Math.floor(random() * 9)}`,
        amount === null ? null : amount + tenant * 1000,
        Math.floor(random() * 90),
        status,
        random() < 0.5 ? 'select' : "it's \\ `${x}`",
        random() < 0.3 ? null : random() < 0.5,
        instant.replace('Z', ''),
      ]
    }),
  )
}

const shopRows = (): unknown[][] =>
  ORGS.flatMap((org) =>
    ['Mill', 'Quay', 'Dock', 'Yard'].map((name, at) => [
      `s${at}`,
      org,
      `${name} of ${org}`,
      at === 3 ? null : 1 + (at % 2),
      `2020-0${at + 1}-01`,
    ]),
  )

/** Both tenants have a head for the regions that they share. */
const headRows = (): unknown[][] =>
  ORGS.flatMap((org) => [1, 2].map((region) => [region, org, `Head ${region} of ${org}`]))

const personRows = (): unknown[][] =>
  ORGS.flatMap((org) => Array.from({ length: 9 }, (_, at) => [`u${at}`, org, `u${at}@${org}.test`]))

function refundRows(): unknown[][] {
  const random = randomNumbers(11)
  const start = Date.parse('2023-12-10T00:00:00Z')
  return ORGS.flatMap((org) =>
    Array.from({ length: 120 }, (_, at) => [
      `r${at}`,
      org,
      random() < 0.1 ? null : `s${Math.floor(random() * 4)}`,
      Math.round(random() * 3000) / 100,
      random() < 0.2 ? 'secret' : 'broken',
      new Date(start + Math.floor(random() * 380 * 86_400) * 1000).toISOString().replace('Z', ''),
    ]),
  )
}

/** Numbers that look random and are the same in every run. */
function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}
