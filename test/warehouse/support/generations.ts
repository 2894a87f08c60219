import { openWarehouse, type Warehouse, type WarehouseLocation } from '../../../runtime/warehouse/index.ts'
import { buildModels, model, source } from './project.ts'

export const ROWS = 50_000

/** Models of which every row tells with which generation it was built. */
export function buildGeneration(warehouse: Warehouse, generation: number, projectDir: string) {
  const numbers =
    warehouse.dialect.name === 'duckdb' ? `range(${ROWS}) as t (n)` : `generate_series(0, ${ROWS - 1}) as t (n)`
  const relations = [
    model('big', `select n, ${generation} as generation from ${numbers}`),
    model('over', 'select n, generation from {{ref "big"}}', { materialized: 'view' }),
    model('copied', 'select n, generation from {{ref "over"}}'),
    model('kept', `select n, ${generation} as generation from ${numbers}`, { materialized: 'incremental', key: 'n' }),
    model('loaded', 'select count(*) as n from {{source "files" "numbers"}}'),
  ]
  const sources = [source('files', 'numbers', 'numbers.csv')]
  return buildModels(warehouse, relations, { sources, projectDir })
}

/** Builds generation after generation until it is killed. */
export async function buildForever(location: WarehouseLocation, projectDir: string): Promise<never> {
  const warehouse = await openWarehouse(location)
  for (let generation = 2; ; generation++) {
    process.stdout.write('building\n')
    const report = await buildGeneration(warehouse, generation, projectDir)
    if (!report.ok) throw new Error(JSON.stringify(report.diagnostics))
  }
}
