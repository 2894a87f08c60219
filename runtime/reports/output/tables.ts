import writeExcelFile from 'write-excel-file/node'
import type { Column, ReportContent, Table } from '../content/content.ts'

/** All tables and the figures behind pictures, under one another. */
export function renderCsv(content: ReportContent): Uint8Array {
  const tables = tablesOf(content)
  const [only, ...more] = tables
  if (only !== undefined && more.length === 0) return encode(linesOf(only.table))
  const parts = tables.map(({ table, title }) => [csvLine([title]), ...linesOf(table), ''])
  return encode(parts.flat())
}

/** A workbook with one sheet a table, numbers as numbers. */
export async function renderXlsx(content: ReportContent): Promise<Uint8Array> {
  const used = new Set<string>()
  const sheets = tablesOf(content).map(({ table, title }) => ({
    sheet: sheetName(title, used),
    data: [
      table.columns.map(({ label }) => ({ value: label, type: String, fontWeight: 'bold' as const })),
      ...table.rows.map((row) => row.map((cell, index) => cellOf(cell, table.columns[index]))),
    ],
    columns: table.columns.map(({ kind }) => ({ width: kind === 'metric' ? 16 : 26 })),
    stickyRowsCount: 1,
  }))
  const empty = {
    sheet: 'Empty',
    data: [[{ value: 'There is nothing to show.', type: String }]],
    columns: [],
    stickyRowsCount: 0,
  }
  return writeExcelFile((sheets.length > 0 ? sheets : [empty]) as never).toBuffer()
}

function tablesOf({ sections }: ReportContent): readonly { readonly title: string; readonly table: Table }[] {
  const blocks = sections.flatMap(({ blocks: own }) => own)
  const tables = blocks.flatMap((block) => (block.kind === 'table' ? [{ title: block.title, table: block.table }] : []))
  if (tables.length > 0) return tables
  return blocks.flatMap((block) => (block.kind === 'figure' ? [{ title: block.title, table: block.table }] : []))
}

const linesOf = ({ columns, rows }: Table) => [
  csvLine(columns.map(({ label }) => label)),
  ...rows.map((row) => csvLine(row)),
]

const encode = (lines: readonly string[]) => new TextEncoder().encode(`\uFEFF${lines.join('\r\n')}\r\n`)

function csvLine(cells: readonly unknown[]): string {
  return cells.map((value) => csvCell(value === null || value === undefined ? '' : value)).join(',')
}

/** A text that begins like a formula would run where the file is opened. */
function csvCell(value: unknown): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function cellOf(value: unknown, column: Column | undefined) {
  if (value === null || value === undefined) return null
  if (typeof value === 'number') return { value, type: Number, format: numberFormat(column) }
  if (typeof value === 'boolean') return { value, type: Boolean }
  return { value: String(value), type: String }
}

function numberFormat(column: Column | undefined): string {
  if (column?.format?.type === 'percent') return '0.0%'
  return column?.format?.type === 'currency' ? '#,##0.00' : '#,##0.##'
}

/** Names of sheets are short, unique and without some signs. */
function sheetName(title: string, used: Set<string>): string {
  const plain =
    title
      .replace(/[[\]:*?/\\']/g, ' ')
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, 28) || 'Table'
  let name = plain
  for (let copy = 2; used.has(name.toLowerCase()); copy += 1) name = `${plain.slice(0, 25)} ${copy}`
  used.add(name.toLowerCase())
  return name
}
