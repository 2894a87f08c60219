/** `metrics.config.ts` of a project with one tenant on DuckDB. */
export const configFile = (name: string) => `export default {
  name: ${JSON.stringify(name)},
  warehouse: { type: 'duckdb', path: 'warehouse.duckdb' },
  tenancy: false,
  timezone: 'UTC',
  weekStart: 'monday',
}
`

export const GITIGNORE = `.metrics/
warehouse.duckdb*
`
