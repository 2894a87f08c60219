export { compileTests } from './compile-tests.ts'
