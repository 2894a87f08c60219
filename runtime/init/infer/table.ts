import { Names, RESERVED_RELATIONS, toLabel, toName } from '../names.ts'
import type { ColumnProfile, FileProfile } from '../profile/profile.ts'
import { keyStrength, type Role, roleOf } from './roles.ts'

/** A file as a relation of the project. */
export interface Table {
  readonly name: string
  readonly label: string
  readonly file: FileProfile
  readonly columns: readonly TableColumn[]
  readonly primaryKey: TableColumn | null
  readonly time: TableColumn | null
}

export interface TableColumn {
  /** Column of the model and, where it is one, dimension. */
  readonly name: string
  readonly label: string
  readonly role: Role
  readonly profile: ColumnProfile
}

export function inferTables(files: readonly FileProfile[]): readonly Table[] {
  const names = new Names(RESERVED_RELATIONS)
  return files.map((file, index) => {
    const wish = toName(stem(file.path), `table_${index + 1}`)
    const safe = wish.startsWith('stack_') ? `data_${wish}` : wish
    return inferTable(names.take(safe, `${safe}_data`), file)
  })
}

function inferTable(name: string, file: FileProfile): Table {
  const names = new Names(['time'])
  const columns = file.columns.map((profile, index) => {
    const wish = toName(profile.name, `column_${index + 1}`)
    const inner = toName(profile.name.slice(profile.name.indexOf('.') + 1), wish)
    const column = names.take(inner, wish, `${name}_${wish}`)
    return { name: column, label: toLabel(profile.name), role: roleOf(column, profile, file.rows), profile }
  })
  const primaryKey = bestKey(name, columns)
  return { name, label: toLabel(name), file, columns, primaryKey, time: bestTime(columns) }
}

function bestKey(relation: string, columns: readonly TableColumn[]): TableColumn | null {
  const candidates = columns
    .filter(({ profile }) => profile.unique)
    .map((column) => ({ column, strength: keyStrength(column.name, relation, column.profile) }))
    .filter(({ strength }) => strength > 0)
  return (
    candidates.reduce<(typeof candidates)[number] | null>(
      (best, each) => (best && best.strength >= each.strength ? best : each),
      null,
    )?.column ?? null
  )
}

const TIME_NAMES = [
  /(^|_)(created|started|ordered|opened|occurred|submitted|submission)/,
  /^(date|timestamp|datetime|day)$/,
  /date|time|_at$/,
]

function bestTime(columns: readonly TableColumn[]): TableColumn | null {
  const times = columns.filter(({ role, profile }) => role === 'time' && profile.filled > 0)
  const most = Math.max(0, ...times.map(({ profile }) => profile.filled))
  const full = times.filter(({ profile }) => profile.filled >= most * 0.5)
  for (const pattern of TIME_NAMES) {
    const named = full.find(({ name }) => pattern.test(name))
    if (named) return named
  }
  return full[0] ?? null
}

const stem = (path: string) =>
  (path.split(/[\\/]/).at(-1) ?? path)
    .replace(/(\.[a-z0-9]+)?\.(csv|tsv|tab|txt|json|jsonl|ndjson|parquet|pq)(\.gz|\.zst)?$/i, '$1')
    .replace(/\*/g, '')
