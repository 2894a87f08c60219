import { publishSchema } from '../documents/index.ts'
import { ProjectConfig } from './schema.ts'

/** JSON Schema (draft-07) of metrics.config.yml and .json, by file name. */
export const configSchema = (): Readonly<Record<string, object>> => ({
  'config.schema.json': publishSchema('config', 'configuration', ProjectConfig),
})
