export { type BrowserPool, createBrowserPool, createPrinter, type PrintPdf } from './print/index.ts'
export { type ReportFormat, reportFormat } from './report-formats.ts'
export { createReports, type ReportEntry, type Reports } from './reports.ts'
export type { RenderedFile, ReportsOptions } from './reports-options.ts'
