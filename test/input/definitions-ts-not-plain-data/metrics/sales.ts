import { defineMetrics } from 'agent-metrics'

const label = () => 'Revenue'
class Money { currency = 'USD' }

export default defineMetrics({
  version: 1,
  semantic_models: [
    {
      name: 'orders',
      relation: 'fct_orders',
      label,
      metrics: [
        { name: 'revenue', agg: 'sum', format: new Money() },
        { name: 'old_revenue', agg: 'sum', deprecated: { since: new Date(0) } },
        { name: 'half', agg: 'percentile', percentile: Number.NaN },
      ],
    },
  ],
} as never)
