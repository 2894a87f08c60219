export { compileAccess } from './compile-access.ts'
