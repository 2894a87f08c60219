import { diagnostic, UserError } from '../../diagnostics/index.ts'

/** A line of a series: the texts as they were, and what they mean. */
export interface SeriesPoint {
  readonly timestamp: string
  readonly value: string
  /** Milliseconds. */
  readonly time: number
  /** Null where the value is missing. */
  readonly number: number | null
}

const TIME_NAMES = ['timestamp', 'time', 'datetime', 'date', 'ds', 'index', 't']
const VALUE_NAMES = ['value', 'y', 'values', 'data', 'x', 'metric']
const MISSING = /^(|nan|na|null|none|n\/a|-|inf|-inf)$/i

/** Reads rows of CSV, with a header or without one, as they come. */
export async function* readSeries(rows: AsyncIterable<readonly string[]>, file: string): AsyncGenerator<SeriesPoint> {
  let columns: Columns | undefined
  let line = 0
  let points = 0
  for await (const row of rows) {
    line += 1
    if (columns === undefined) {
      columns = columnsOf(row, file)
      if (columns.isHeader) continue
    }
    points += 1
    yield pointOf(row, columns, { file, line, column: 1 })
  }
  if (points === 0) throw broken('There are no points.', { file, line: Math.max(1, line), column: 1 })
}

interface Columns {
  readonly time: number
  readonly value: number
  readonly isHeader: boolean
}

function columnsOf(row: readonly string[], file: string): Columns {
  if (row.length < 2)
    throw broken('A line has one column: there must be one for the timestamp and one for the value.', {
      file,
      line: 1,
      column: 1,
    })
  const names = row.map((name) => name.trim().toLowerCase())
  const isHeader = timeOf(row[0] ?? '') === undefined || !isValue(row[1] ?? '')
  const find = (known: readonly string[], otherwise: number) => {
    const found = names.findIndex((name) => known.includes(name))
    return isHeader && found >= 0 ? found : otherwise
  }
  const time = find(TIME_NAMES, 0)
  return { time, value: find(VALUE_NAMES, time === 0 ? 1 : 0), isHeader }
}

const isValue = (text: string) => MISSING.test(text.trim()) || Number.isFinite(Number(text))

function pointOf(
  row: readonly string[],
  columns: Columns,
  at: { file: string; line: number; column: number },
): SeriesPoint {
  const timestamp = row[columns.time] ?? ''
  const value = (row[columns.value] ?? '').trim()
  const time = timeOf(timestamp)
  if (time === undefined)
    throw broken(`\`${timestamp}\` is no timestamp.`, at, 'Write `2026-03-31 09:00:00`, an ISO instant, or seconds.')
  if (!isValue(value)) throw broken(`\`${value}\` is no number.`, at, 'Leave the value empty where it is missing.')
  const number = MISSING.test(value) ? Number.NaN : Number(value)
  return { timestamp, value, time, number: Number.isFinite(number) ? number : null }
}

/** An instant, or a number: seconds, or milliseconds where it is that large. */
function timeOf(text: string): number | undefined {
  const trimmed = text.trim()
  if (/^-?\d+(\.\d+)?$/.test(trimmed))
    return Math.abs(Number(trimmed)) > 1e11 ? Number(trimmed) : Number(trimmed) * 1000
  if (!/^\d{4}-\d\d?-\d\d?/.test(trimmed) && !/^\d\d?\/\d\d?\/\d{4}/.test(trimmed)) return undefined
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/i.test(trimmed)
  const millis = Date.parse(
    hasZone ? trimmed : `${trimmed.replace(/(\d) (\d)/, '$1T$2')}${/\d[T ]\d/.test(trimmed) ? 'Z' : ''}`,
  )
  return Number.isNaN(millis) ? undefined : millis
}

const broken = (message: string, at: { file: string; line: number; column: number }, hint?: string) =>
  new UserError(diagnostic('AM8032', message, { at, hint }))
