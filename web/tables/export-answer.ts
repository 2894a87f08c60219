import type { Row } from '../queries/answers.ts'
import type { Column } from './columns.ts'

export type ExportFormat = 'csv' | 'ndjson' | 'xlsx'

export interface ExportOptions {
  readonly name: string
  readonly format: ExportFormat
  /** True for values as people read them, otherwise as the answer has them. */
  readonly formatted: boolean
}

/** Saves rows as a file. */
export async function exportRows(rows: readonly Row[], columns: readonly Column[], options: ExportOptions) {
  const { format, formatted, name } = options
  const file = `${fileName(name)}.${format}`
  if (format === 'csv')
    return save(file, new Blob([toCsv(rows, columns, formatted)], { type: 'text/csv;charset=utf-8' }))
  if (format === 'ndjson') {
    return save(file, new Blob([toNdjson(rows, columns, formatted)], { type: 'application/x-ndjson' }))
  }
  const { default: writeXlsx } = await import('write-excel-file/browser')
  save(file, await writeXlsx(toSheet(rows, columns, formatted)).toBlob())
}

/** RFC 4180, with the byte order mark that spreadsheets want. Texts that a spreadsheet would run are made texts. */
export function toCsv(rows: readonly Row[], columns: readonly Column[], formatted: boolean): string {
  const lines = [
    columns.map(({ key, label }) => quoted(formatted ? label : key)),
    ...rows.map((row) => columns.map((column) => quoted(cellOf(row, column, formatted)))),
  ]
  return `\uFEFF${lines.map((line) => `${line.join(',')}\r\n`).join('')}`
}

export function toNdjson(rows: readonly Row[], columns: readonly Column[], formatted: boolean): string {
  return rows
    .map((row) => {
      const entries = columns.map((column) => [
        column.key,
        formatted ? column.text(row[column.key]) : (row[column.key] ?? null),
      ])
      return `${JSON.stringify(Object.fromEntries(entries))}\n`
    })
    .join('')
}

export function toSheet(rows: readonly Row[], columns: readonly Column[], formatted: boolean) {
  const head = columns.map(({ label, key }) => ({ value: formatted ? label : key, fontWeight: 'bold' as const }))
  const lines = rows.map((row) =>
    columns.map((column) => {
      const value = formatted ? column.text(row[column.key]) : (row[column.key] ?? null)
      return value === null ? null : { value }
    }),
  )
  return [head, ...lines]
}

function cellOf(row: Row, column: Column, formatted: boolean): string {
  const value = row[column.key] ?? null
  if (formatted) return column.text(value)
  return value === null ? '' : String(value)
}

function quoted(text: string): string {
  const isNumber = text !== '' && Number.isFinite(Number(text))
  const safe = !isNumber && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const fileName = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '') || 'export'

function save(name: string, blob: Blob) {
  const url = URL.createObjectURL(blob)
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
