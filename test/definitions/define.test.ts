import { expect, test } from 'vitest'
import { defineAlerts, defineConfig, defineDashboards, defineMetrics, defineModels } from '../../runtime/define.ts'

test('the define functions hand back what they are given, and what is wrong does not compile', () => {
  const metrics = { version: 1 as const, metrics: [{ name: 'a', type: 'derived' as const, expr: '{b}' }] }
  expect(defineMetrics(metrics)).toBe(metrics)
  // @ts-expect-error a key that does not exist
  defineMetrics({ version: 1, metrics: [{ name: 'a', type: 'derived', expr: '{b}', lable: 'A' }] })
  const model = { name: 'a', relation: 'b' }
  // @ts-expect-error an aggregation that does not exist
  defineMetrics({ version: 1, semantic_models: [{ ...model, metrics: [{ name: 'c', agg: 'avrage' }] }] })
  const page = { name: 'a', title: 'A' }
  // @ts-expect-error a key of another type of widget
  defineDashboards({ version: 1, dashboards: [{ ...page, rows: [{ widgets: [{ type: 'donut', grain: 'day' }] }] }] })
  // @ts-expect-error a channel without its address
  defineAlerts({ version: 1, channels: [{ name: 'a', type: 'slack' }] })
  // @ts-expect-error a way to materialize that does not exist
  defineModels({ version: 1, models: [{ name: 'a', materialized: 'tabel' }] })
  // @ts-expect-error a warehouse that does not exist
  defineConfig({ name: 'a', warehouse: { type: 'mysql', url: '' } })
})
