export { exportOsi } from './export-osi.ts'
