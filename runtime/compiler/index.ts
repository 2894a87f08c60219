export { type CompileResult, compile } from './compile.ts'
export { significantSql, sqlColumns } from './expression/index.ts'
export * from './filter/index.ts'
export type * from './manifest.ts'
