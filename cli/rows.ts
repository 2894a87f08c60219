import { textTable } from './text-table.ts'

export type Row = Readonly<Record<string, unknown>>

/** Rows as text: table, csv or ndjson. */
export function formatRows(
  format: string,
  columns: readonly string[],
  rows: readonly Row[],
  paintTitle: (text: string) => string,
): string {
  if (format === 'csv')
    return [columns, ...rows.map((row) => columns.map((name) => row[name]))].map(csvLine).join('\r\n')
  if (format === 'ndjson') return rows.map((row) => JSON.stringify(row)).join('\n')
  const numeric = (name: string) => rows.some((row) => typeof row[name] === 'number')
  return textTable(
    columns.map((title) => ({ title, right: numeric(title) })),
    rows.map((row) => columns.map((name) => cell(row[name]))),
    paintTitle,
  )
}

function csvLine(cells: readonly unknown[]): string {
  return cells.map((value) => csvCell(value === null || value === undefined ? '' : String(value))).join(',')
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '—'
  if (typeof value !== 'number') return String(value)
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)))
}
