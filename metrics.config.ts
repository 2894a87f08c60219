import { defineConfig } from 'agent-metrics'

export default defineConfig({
  name: 'agent-analytics',
  warehouse: process.env.DATABASE_URL
    ? { type: 'postgres', url: process.env.DATABASE_URL }
    : { type: 'duckdb', path: 'warehouse.duckdb' },
  tenancy: { key: 'org_id' },
  timezone: 'UTC',
  weekStart: 'monday',
  identity: {
    relation: 'dim_team_members',
    key: 'user_id',
    attributes: { team_ids: 'team_id' },
    people: { relation: 'dim_users', email: 'email' },
  },
  demo: './models/demo/index.ts',
})
