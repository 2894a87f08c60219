export default {
  name: 'openhands-index',
  warehouse: { type: 'duckdb', path: 'warehouse.duckdb' },
  tenancy: false,
  timezone: 'UTC',
  weekStart: 'monday',
}
