import { defineMetrics } from 'agent-metrics'

const names: string[] = []

export default defineMetrics({
  version: 1,
  metrics: [{ name: names[0]!.toLowerCase(), type: 'derived', expr: '1' }],
})
