export type { ResolvedConfig, WarehouseConfig } from './resolved-config.ts'
export { ProjectConfig } from './schema.ts'
