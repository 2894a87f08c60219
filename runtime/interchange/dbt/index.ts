export { importDbt } from './import-dbt.ts'
export type { Catalog } from './types.ts'
