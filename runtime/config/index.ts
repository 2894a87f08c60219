export { CONFIG_FILES, type ConfigOptions, loadConfig, readConfig } from './load-config.ts'
export { isTimeZone } from './resolve-config.ts'
export type { ResolvedConfig, WarehouseConfig } from './resolved-config.ts'
export { ProjectConfig } from './schema.ts'
