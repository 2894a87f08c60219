export { type BrowserPool, createBrowserPool } from './browser-pool.ts'
export { createPrinter, type PrintPdf } from './print-pdf.ts'
