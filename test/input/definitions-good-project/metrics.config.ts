import { defineConfig } from 'agent-metrics'

export default defineConfig({
  name: 'sales',
  warehouse: { type: 'postgres', url: '${env:SET}' },
  tenancy: { key: 'org_id' },
  timezone: 'Europe/Berlin',
  weekStart: 'sunday',
})
