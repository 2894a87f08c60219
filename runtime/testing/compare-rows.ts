import type { Cell, Row } from './given-tables.ts'

/** Expected and actual rows side by side: `same` in both, `missing` from the answer, `extra` in it. */
export interface RowsDiff {
  readonly columns: readonly string[]
  readonly same: readonly Row[]
  readonly missing: readonly Row[]
  readonly extra: readonly Row[]
  /** True where the rows are right but their order is not. */
  readonly disordered: boolean
}

/**
 * Compares the columns that the expected rows name; one that a row does not name is null in it. Without `ordered`
 * rows may come in any order.
 */
export function compareRows(expected: readonly Row[], actual: readonly Row[], ordered: boolean): RowsDiff {
  const columns = [...new Set(expected.flatMap((row) => Object.keys(row)))]
  const shown = columns.length > 0 ? columns : Object.keys(actual[0] ?? {})
  const narrowed = actual.map((row) => pick(row, shown))
  const left = [...narrowed]
  const same: Row[] = []
  const missing: Row[] = []
  for (const row of expected.map((one) => pick(one, shown))) {
    const index = left.findIndex((candidate) => isSameRow(row, candidate, shown))
    if (index < 0) missing.push(row)
    else same.push(...left.splice(index, 1))
  }
  const isComplete = missing.length === 0 && left.length === 0
  const disordered =
    ordered && isComplete && !expected.every((row, index) => isSameRow(pick(row, shown), narrowed[index] ?? {}, shown))
  return { columns: shown, same, missing, extra: left, disordered }
}

export function isSame({ missing, extra, disordered }: RowsDiff): boolean {
  return missing.length === 0 && extra.length === 0 && !disordered
}

function pick(row: Row, columns: readonly string[]): Row {
  return Object.fromEntries(columns.map((name) => [name, row[name] ?? null]))
}

function isSameRow(a: Row, b: Row, columns: readonly string[]): boolean {
  return columns.every((name) => isSameCell(a[name] ?? null, b[name] ?? null))
}

/** Fractions need not agree in the last bit; a day is the same as its midnight. */
function isSameCell(a: Cell, b: Cell): boolean {
  if (a === b) return true
  if (typeof a === 'number' && typeof b === 'number')
    return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b))
  return typeof a === 'string' && typeof b === 'string' && isInstant(a) && isInstant(b) && millis(a) === millis(b)
}

const isInstant = (text: string) => /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}|$)/.test(text)
const millis = (text: string) => Date.parse(text.length === 10 ? text : `${text.replace(' ', 'T').replace(/Z$/, '')}Z`)
