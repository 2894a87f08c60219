import { defineMetrics } from 'agent-metrics'
import { common } from './comon.ts'
import chance from 'chance-of-rain'

export default defineMetrics({ version: 1, metrics: common })
