import { defineMetrics } from 'agent-metrics'

const revenue = { name: 'revenue', agg: 'summ', sql: `amount` } as const
const counts = ['orders', 'returns'].map((name) => ({ name: `${name}_count`, agg: 'count', lable: name }))

export default defineMetrics({
  version: 1,
  semantic_models: [
    { name: 'orders', relation: 'fct_orders', 'time-dimension': 'at', metrics: [revenue, ...counts] },
    { name: 'Refunds', relation: 'fct_refunds' },
  ],
} as never)
