export { isSecurity, type Loss } from './draft/index.ts'
export { EXPORTS, type Exported, planExport } from './export-definitions.ts'
export { IMPORTS, type Imported, planImport, writeFiles } from './import-definitions.ts'
