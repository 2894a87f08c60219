export { isSecurity, type Loss } from './draft/index.ts'
export { IMPORTS, type Imported, type ImportFormat, planImport, writeFiles } from './import-definitions.ts'
