export { type BrowserPool, createBrowserPool, createPrinter, type PrintPdf } from './print/index.ts'
export {
  createReports,
  type RenderedFile,
  type ReportEntry,
  type ReportFormat,
  type Reports,
  type ReportsOptions,
  reportFormat,
} from './reports.ts'
