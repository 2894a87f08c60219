export type { Usage } from './catalogue.ts'
export { compileConsumers } from './compile-consumers.ts'
