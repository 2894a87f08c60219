/** `relation.column` of what a value is made of. */
export type Origins = ReadonlySet<string>
export type Columns = ReadonlyMap<string, Origins>

/** What stands in FROM under a name. */
export interface Table {
  readonly name: string
  readonly columns: Columns
  /** The relation whose columns nobody declared: it may have any. */
  readonly open: string | null
}

export const NO_ORIGINS: Origins = new Set()

export function union(sets: Iterable<Origins>): Origins {
  const all = new Set<string>()
  for (const set of sets) for (const origin of set) all.add(origin)
  return all
}

/** A relation as it is read: each of its columns comes from itself. */
export function relationTable(name: string, relation: string, columns: readonly string[] | null): Table {
  const own = (columns ?? []).map((column) => [column, new Set([`${relation}.${column}`])] as const)
  return { name, columns: new Map(own), open: columns === null ? relation : null }
}

export function columnOf(table: Table, column: string): Origins | undefined {
  const known = table.columns.get(column.toLowerCase())
  if (known !== undefined) return known
  return table.open === null ? undefined : new Set([`${table.open}.${column.toLowerCase()}`])
}
