import { defineConfig } from 'agent-metrics'

export default defineConfig({
  title: 'Sales',
  database: { type: 'duckdb' },
  time_zone: 'UTC',
  tenancy: { column: 'org_id' },
} as never)
