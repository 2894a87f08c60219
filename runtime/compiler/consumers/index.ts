export type { Catalogue, Usage } from './catalogue.ts'
export { compileConsumers } from './compile-consumers.ts'
