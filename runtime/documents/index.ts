export {
  capitalize,
  isDate,
  type JsonSchema,
  publishSchema,
  type SchemaCheck,
  schemaCheck,
  snakeCase,
  subject,
  type Violation,
  type ViolationCode,
  type Vocabulary,
  valueAt,
} from './check/index.ts'
export { decodeText } from './decode-text.ts'
export { type Document, type Locate, type Path, type Problem, startOf, unreadable } from './document.ts'
export { importModule } from './module/import-module.ts'
export { type ModuleDocument, readModule } from './module/read-module.ts'
export { readYaml } from './yaml/read-yaml.ts'
