export { importLookml } from './import-lookml.ts'
