import { defineMetrics } from 'agent-metrics'
import { composite } from './_composite.ts'

export default defineMetrics({ version: 1, metrics: composite(['a', 'b']) })
