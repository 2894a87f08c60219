export default {
  name: 'vega-datasets',
  warehouse: { type: 'duckdb', path: 'warehouse.duckdb' },
  tenancy: false,
  timezone: 'UTC',
  weekStart: 'sunday',
}
