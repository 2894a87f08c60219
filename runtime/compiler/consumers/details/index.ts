export { compileDetails } from './compile-details.ts'
