import { defineMetrics } from 'agent-metrics'

export default defineMetrics({
  version: 1
  metrics: [],
})
