export { importCube, type SourceFile } from './from/import-cube.ts'
export { exportCube } from './to/export-cube.ts'
export { qualified } from './to/sql.ts'
