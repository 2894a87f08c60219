import type { QueryArrayResult } from 'pg'
import type { Column, QueryResult } from '../driver.ts'

/** Rows of a result with values as the driver's contract has them; Postgres sends text. */
export function readResult(result: QueryArrayResult<unknown[]>): QueryResult {
  const fields = result.fields ?? []
  return {
    columns: fields.map(({ name, dataTypeID }) => ({ name, type: wordFor(dataTypeID) })),
    rows: result.rows ?? [],
  }
}

/** For pg's `types`: how the text of a value becomes a value. */
export const typeParsers = {
  getTypeParser: (oid: number) => {
    const type = wordFor(oid)
    if (type === 'number') return Number
    if (type === 'boolean') return (text: string) => text === 't'
    return type === 'timestamp' ? toIso : same
  },
}

const WORDS: Readonly<Record<Exclude<Column['type'], 'other'>, readonly number[]>> = {
  boolean: [16],
  number: [20, 21, 23, 26, 700, 701, 1700],
  string: [18, 19, 25, 1042, 1043, 2950],
  date: [1082],
  timestamp: [1114, 1184],
  json: [114, 3802],
}
const wordByOid = new Map(
  Object.entries(WORDS).flatMap(([word, oids]) => oids.map((oid) => [oid, word as Column['type']] as const)),
)

export const wordFor = (oid: number): Column['type'] => wordByOid.get(oid) ?? 'other'

const same = (text: string) => text

/** `2024-01-01 12:00:00.5+00` in ISO 8601; sessions are in UTC, so there is no other offset. */
function toIso(text: string): string {
  const match = /^(\d{4,6})-(\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d+))?(?:\+00)?$/.exec(text)
  if (!match) return text
  const [, year = '', day, time, fraction = ''] = match
  const digits = fraction.padEnd(3, '0')
  return `${year.length > 4 ? `+${year.padStart(6, '0')}` : year}-${day}T${time}.${digits.length > 3 ? digits.padEnd(6, '0') : digits}Z`
}
