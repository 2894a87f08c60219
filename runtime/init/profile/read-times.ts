import type { TypedColumn } from './columns.ts'
import type { Database } from './read-profile.ts'
import { TIME_READERS, TWINS } from './time-formats.ts'

/** How many distinct texts are tried. */
const TRIED = 2000
/** Part of the texts that must be times for the column to be one. */
const ENOUGH = 0.98

interface Times {
  readonly columns: readonly TypedColumn[]
  readonly notes: readonly string[]
}

/** Finds texts and numbers that are days or instants. */
export async function readTimes(database: Database, table: string, columns: readonly TypedColumn[]): Promise<Times> {
  const read: TypedColumn[] = []
  const notes: string[] = []
  for (const column of columns) {
    const time =
      column.kind === 'string'
        ? await textTime(database, table, column, notes)
        : await numericTime(database, table, column)
    read.push(time ?? column)
  }
  return { columns: read, notes }
}

async function textTime(
  database: Database,
  table: string,
  column: TypedColumn,
  notes: string[],
): Promise<TypedColumn | null> {
  const counts = TIME_READERS.map(({ read }) => `count(*) filter (where year(${read('value')}) between 1000 and 2999)`)
  const { rows } = await database.query(
    `select count(*), ${counts.join(', ')}
     from (select distinct trim(${column.sql}) as value from ${table} where ${column.sql} is not null limit ${TRIED})`,
  )
  const [all = 0, ...hits] = (rows[0] ?? []).map(Number)
  const fitting = TIME_READERS.filter((_, index) => all > 0 && (hits[index] ?? 0) >= all * ENOUGH)
  const [best] = fitting
  if (best === undefined) return null
  const twin = TWINS.find((pair) => pair.every((format) => fitting.some((reader) => reader.format === format)))
  if (twin?.includes(best.format)) {
    notes.push(`Column \`${column.name}\` stayed text: its days can be read as \`${twin[0]}\` and as \`${twin[1]}\`.`)
    return null
  }
  const missed = all - (hits[TIME_READERS.indexOf(best)] ?? 0)
  if (missed > 0) {
    notes.push(`Column \`${column.name}\` was read as a time; texts that are none (${missed} of ${all}) became empty.`)
  }
  return { ...column, sql: best.read(`trim(${column.sql})`), kind: 'timestamp' }
}

const TIME_NAME = /(^|_|\.)(time|timestamp|ts|at|date|datetime|created|updated)$/i
const UNITS = [
  { from: 9e8, to: 5e9, factor: ' * 1000000' },
  { from: 9e11, to: 5e12, factor: ' * 1000' },
  { from: 9e14, to: 5e15, factor: '' },
]

/** Years, or seconds, milliseconds or microseconds since 1970, if the column's name speaks of time. */
async function numericTime(database: Database, table: string, column: TypedColumn): Promise<TypedColumn | null> {
  const isYear = /^year$/i.test(column.name)
  if (column.kind !== 'integer' || !(isYear || TIME_NAME.test(column.name))) return null
  const { rows } = await database.query(`select min(${column.sql}), max(${column.sql}) from ${table}`)
  const [low = 0, high = 0] = (rows[0] ?? []).map(Number)
  const number = `cast(${column.sql} as bigint)`
  if (isYear) {
    return low < 1000 || high > 2999
      ? null
      : { ...column, sql: `make_timestamp(${number}, 1, 1, 0, 0, 0)`, kind: 'date' }
  }
  const unit = UNITS.find(({ from, to }) => low >= from && high < to)
  return unit ? { ...column, sql: `make_timestamp(${number}${unit.factor})`, kind: 'timestamp' } : null
}
