import { fail } from '../diagnostics/index.ts'

export type ReportFormat = 'html' | 'pdf' | 'csv' | 'xlsx'

export const FORMATS: readonly ReportFormat[] = ['html', 'pdf', 'csv', 'xlsx']

/** The format of a name, or of the ending of a file. */
export function reportFormat(text: string): ReportFormat {
  const found = FORMATS.find((format) => format === text.toLowerCase())
  if (found !== undefined) return found
  return fail('AM8014', `Reports are not made as ${text || 'a file without an ending'}.`, {
    hint: `They are made as ${FORMATS.join(', ')}.`,
  })
}

/** Content types of the files. */
export const TYPES: Readonly<Record<ReportFormat, string>> = {
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}
