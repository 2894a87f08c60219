import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { createSemanticLayer } from '../../runtime/semantic/index.ts'
import { openWarehouse, type Warehouse } from '../../runtime/warehouse/index.ts'
import { postgresDatabase } from '../support/postgres.ts'
import { caller, compileFolder } from './company/company.ts'

const DIR = fileURLToPath(new URL('./words', import.meta.url))
const url = await postgresDatabase()
const warehouses: [string, () => Promise<Warehouse>][] = [
  ['duckdb', () => openWarehouse({ type: 'duckdb', path: ':memory:' })],
  ...(url === null
    ? []
    : [['postgres', () => openWarehouse({ type: 'postgres', url })] as [string, () => Promise<Warehouse>]]),
]

describe.each(warehouses)('words that mean something to SQL or JavaScript, on %s', async (name, open) => {
  const warehouse = await open()
  await warehouse.query('CREATE SCHEMA words')
  await warehouse.query(
    `CREATE TABLE words."order" AS SELECT 'f1' AS function, 'acme' AS org_id, 'x' AS "case", 'g' AS "group", 4 AS value, TIMESTAMP '2024-05-05' AS at`,
  )
  await warehouse.query(`CREATE TABLE words.conversion AS SELECT 'x' AS "case"`)
  const layer = await createSemanticLayer({ manifest: await compileFolder(DIR, name as 'duckdb'), warehouse })
  const ask = async (query: object) => (await layer.query(query, caller('acme'))).rows

  it('are names like any other', async () => {
    expect(
      await ask({ metrics: ['select', 'default', 'new'], by: ['order.case', 'group', 'conversion.case'] }),
    ).toEqual([{ 'order.case': 'x', group: 'g', 'conversion.case': 'x', select: 1, default: 4, new: 4 }])
    expect(await ask({ metrics: ['select'], by: ['class', 'quoted'], grain: 'day' })).toEqual([
      { time: '2024-05-05', class: 'xg', quoted: 'a\\b`c${d}g', select: 1 },
    ])
    expect(await ask({ metrics: ['delete'], grain: 'day' })).toEqual([{ time: '2024-05-06', delete: 4 }])
  })

  it('may be as long as names can be', async () => {
    const [dimension, metric] = [
      'a_dimension_with_a_name_that_is_about_as_long_as_a_name_can_be',
      'a_metric_with_a_name_that_is_about_as_long_as_a_name_may_be_oh',
    ]
    expect(await ask({ metrics: [metric, 'void', 'select'], by: [dimension], grain: 'month' })).toEqual([
      { time: '2024-05-01', [dimension]: 'g', [metric]: 4, void: 4, select: 1 },
    ])
  })
})
