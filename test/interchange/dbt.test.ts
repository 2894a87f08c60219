import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { isError } from '../../runtime/diagnostics/index.ts'
import { type Imported, planImport, writeFiles } from '../../runtime/interchange/index.ts'
import { loadProject } from '../../runtime/project/index.ts'
import { createSemanticLayer, type SecurityContext, type SemanticLayer } from '../../runtime/semantic/index.ts'
import { openWarehouse, type Warehouse } from '../../runtime/warehouse/index.ts'

const INPUT = join(import.meta.dirname, '../input/interchange-jaffle-shop')
const ADMIN: SecurityContext = { org: null, role: 'admin', user: null, attributes: {} }
const CONFIG = 'name: jaffle\nwarehouse: { type: duckdb, path: ":memory:" }\ntenancy: false\n'

interface Totals {
  readonly from: string
  readonly time: string
  readonly by: Readonly<Record<string, string>>
  readonly metrics: Readonly<Record<string, string>>
}
interface Series {
  readonly series: 'day' | 'month'
  readonly sql: string
  readonly metric: string
}
const EXPECTED = parse(readFileSync(join(INPUT, 'metrics.yml'), 'utf8')) as readonly (Totals | Series)[]
const totals = EXPECTED.filter((item): item is Totals => 'from' in item)
const series = EXPECTED.filter((item): item is Series => 'series' in item)

let dir: string
let imported: Imported
let warehouse: Warehouse
let layer: SemanticLayer

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'metrics-dbt-'))
  writeFileSync(join(dir, 'metrics.config.yml'), CONFIG)
  imported = await planImport({ dir, from: 'dbt', paths: [INPUT], out: 'metrics' })
  await writeFiles(dir, imported.files, false)
  const { config, diagnostics, manifest } = await loadProject(dir)
  expect(diagnostics.filter(isError)).toEqual([])
  warehouse = await openWarehouse(config.warehouse)
  const statements = readFileSync(join(INPUT, 'tables.sql'), 'utf8').split(';\n')
  await warehouse.transaction(async (tx) => {
    for (const statement of statements.filter((sql) => sql.trim() !== '')) await tx.query(statement)
  })
  layer = await createSemanticLayer({ manifest, warehouse, rollups: 'manual' })
}, 60_000)
afterAll(async () => {
  await layer?.close()
  await warehouse?.close()
  rmSync(dir, { recursive: true, force: true })
})

test('a dbt project in the current format is carried over whole', () => {
  expect(imported.losses).toEqual([])
  const declared = Object.values(
    (JSON.parse(readFileSync(join(INPUT, 'manifest.json'), 'utf8')) as { metrics: Record<string, { name: string }> })
      .metrics,
  ).map(({ name }) => name)
  const compared = [...totals.flatMap(({ metrics }) => Object.keys(metrics)), ...series.map(({ metric }) => metric)]
  expect(declared.sort()).toEqual(compared.sort())
})

const cases = totals.flatMap(({ by, from, metrics, time }) =>
  Object.entries(metrics).map(([metric, sql]) => ({ metric, sql, from, time, by })),
)
test.each(cases)(
  '$metric answers the same as plain SQL: in all, by month, by dimension',
  async ({ metric, sql, from, time, by }) => {
    const inAll = await ask({ metrics: [metric] })
    expect(values(inAll, [], metric)).toEqual(await rows(`select ${sql} as value from ${from}`, []))
    const byMonth = await ask({ metrics: [metric], grain: 'month', from: '2023-01-01', to: '2024-12-31' })
    const month = `cast(date_trunc('month', ${time}) as varchar)[:10]`
    expect(values(byMonth, ['time'], metric)).toEqual(
      await rows(`select ${month} as time, ${sql} as value from ${from} group by 1`, ['time']),
    )
    for (const [dimension, column] of Object.entries(by)) {
      const grouped = await ask({ metrics: [metric], by: [dimension] })
      expect(values(grouped, [dimension], metric)).toEqual(
        await rows(`select ${column} as ${dimension}, ${sql} as value from ${from} group by 1`, [dimension]),
      )
    }
  },
)

test.each(series)('$metric answers the same as plain SQL by $series', async ({ metric, series: grain, sql }) => {
  const range = grain === 'day' ? { from: '2024-02-01', to: '2024-02-14' } : { from: '2024-01-01', to: '2024-04-30' }
  const answer = await ask({ metrics: [metric], grain, ...range })
  const expected = await rows(sql, ['time'])
  expect(expected.length).toBeGreaterThan(2)
  expect(values(answer, ['time'], metric)).toEqual(expected)
})

async function ask(query: Parameters<SemanticLayer['query']>[0]) {
  return (await layer.query({ limit: 10_000, ...query }, ADMIN)).rows
}

type Row = Readonly<Record<string, unknown>>

const values = (answer: readonly Row[], keys: readonly string[], metric: string) =>
  closely(answer.map((row) => [...keys.map((key) => String(row[key]).slice(0, 10)), row[metric]]))

async function rows(sql: string, keys: readonly string[]) {
  const { rows: answer } = await warehouse.query(sql)
  return closely(answer.map((row) => [...keys.map((_, at) => String(row[at]).slice(0, 10)), row.at(-1)]))
}

/** Rows without those that say nothing, in order, with numbers that may differ in the last digits. */
function closely(list: readonly (readonly unknown[])[]) {
  return list
    .map((row) =>
      row.map((value, at) => (at === row.length - 1 && value !== null ? Number(Number(value).toPrecision(10)) : value)),
    )
    .filter((row) => row.at(-1) !== null && row.at(-1) !== 0)
    .sort((a, b) => (String(a) < String(b) ? -1 : 1))
}
