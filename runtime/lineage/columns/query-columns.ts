import { isNode, nodeAt, nodesAt, type SyntaxNode, textAt, textsAt } from './syntax-tree.ts'
import { type Columns, columnOf, NO_ORIGINS, type Origins, type Table, union } from './table.ts'

/** Finds a table by the name it is read by. */
export type FindTable = (name: string) => Table

/** The columns of a query and what each is made of. `outer` are the tables around a correlated subquery. */
export function queryColumns(query: SyntaxNode, find: FindTable, outer: readonly Table[] = []): Columns {
  const findHere = withCommonTables(query, find, outer)
  if (textAt(query, 'type') === 'SET_OPERATION_NODE') return mergeByPlace(query, findHere, outer)
  if (textAt(query, 'type') !== 'SELECT_NODE') return new Map()
  const from = nodeAt(query, 'from_table')
  const tables = from === undefined ? [] : tablesIn(from, findHere, outer)
  const scope: Scope = { tables, outer, find: findHere, aliases: new Map() }
  const columns = new Map<string, Origins>()
  nodesAt(query, 'select_list').forEach((item, index) => {
    for (const [name, origins] of selected(item, index, { ...scope, aliases: columns })) columns.set(name, origins)
  })
  return columns
}

interface Scope {
  readonly tables: readonly Table[]
  readonly outer: readonly Table[]
  readonly find: FindTable
  /** Columns named earlier in the same list, which later ones may use. */
  readonly aliases: Columns
}

function withCommonTables(query: SyntaxNode, find: FindTable, outer: readonly Table[]): FindTable {
  const known = new Map<string, Table>()
  const findHere: FindTable = (name) => known.get(name.toLowerCase()) ?? find(name)
  const map = nodeAt(query, 'cte_map')
  for (const entry of map === undefined ? [] : nodesAt(map, 'map')) {
    const name = textAt(entry, 'key')
    const inner = nodeAt(entry, 'value', 'query', 'node')
    if (inner === undefined) continue
    // One that reads itself is known to itself as far as its first part goes.
    known.set(name.toLowerCase(), { name, columns: queryColumns(inner, findHere, outer), open: null })
  }
  return findHere
}

/** UNION and its kin take the names of the first query and the values of both. */
function mergeByPlace(query: SyntaxNode, find: FindTable, outer: readonly Table[]): Columns {
  const [left, right] = ['left', 'right'].map((side) => {
    const node = nodeAt(query, side)
    return node === undefined ? [] : [...queryColumns(node, find, outer)]
  })
  return new Map(
    (left ?? []).map(([name, origins], index) => [name, union([origins, right?.[index]?.[1] ?? NO_ORIGINS])]),
  )
}

function tablesIn(from: SyntaxNode, find: FindTable, outer: readonly Table[]): readonly Table[] {
  const alias = textAt(from, 'alias')
  switch (textAt(from, 'type')) {
    case 'JOIN': {
      const left = nodeAt(from, 'left')
      const right = nodeAt(from, 'right')
      const before = left === undefined ? [] : tablesIn(left, find, outer)
      return [...before, ...(right === undefined ? [] : tablesIn(right, find, [...before, ...outer]))]
    }
    case 'BASE_TABLE': {
      const table = find(textAt(from, 'table_name'))
      return [{ ...table, name: alias === '' ? table.name : alias }]
    }
    case 'SUBQUERY': {
      const inner = nodeAt(from, 'subquery', 'node')
      const columns = inner === undefined ? new Map<string, Origins>() : queryColumns(inner, find, outer)
      return [{ name: alias, columns: renamed(columns, textsAt(from, 'column_name_alias')), open: null }]
    }
    default:
      return alias === '' ? [] : [functionTable(from, alias, { tables: outer, outer: [], find, aliases: new Map() })]
  }
}

/** What a function in FROM returns is made of what it was given. */
function functionTable(from: SyntaxNode, alias: string, scope: Scope): Table {
  const origins = originsIn(from, scope)
  const names = [alias, ...textsAt(from, 'column_name_alias')]
  return { name: alias, columns: new Map(names.map((name) => [name.toLowerCase(), origins])), open: null }
}

function renamed(columns: Columns, names: readonly string[]): Columns {
  return new Map([...columns].map(([name, origins], index) => [names[index]?.toLowerCase() ?? name, origins]))
}

function selected(item: SyntaxNode, index: number, scope: Scope): readonly (readonly [string, Origins])[] {
  if (textAt(item, 'class') === 'STAR') return starred(item, scope)
  const alias = textAt(item, 'alias')
  const name = alias === '' ? (textsAt(item, 'column_names').at(-1) ?? `column ${index + 1}`) : alias
  return [[name.toLowerCase(), originsIn(item, scope)]]
}

function starred(item: SyntaxNode, { tables }: Scope): readonly (readonly [string, Origins])[] {
  const of = textAt(item, 'relation_name').toLowerCase()
  const left = new Set(textsAt(item, 'exclude_list').map((name) => name.toLowerCase()))
  return tables
    .filter(({ name }) => of === '' || name.toLowerCase() === of)
    .flatMap(({ columns }) => [...columns].filter(([name]) => !left.has(name)))
}

/** What an expression is made of, subqueries included. */
function originsIn(value: unknown, scope: Scope): Origins {
  if (Array.isArray(value)) return union(value.map((item) => originsIn(item, scope)))
  if (!isNode(value)) return NO_ORIGINS
  if (value.class === 'COLUMN_REF') return resolve(textsAt(value, 'column_names'), scope)
  const inner = nodeAt(value, 'subquery', 'node')
  if (inner !== undefined) return union(queryColumns(inner, scope.find, [...scope.tables, ...scope.outer]).values())
  return union(Object.values(value).map((item) => originsIn(item, scope)))
}

function resolve(names: readonly string[], { tables, outer, aliases }: Omit<Scope, 'find'>): Origins {
  const column = names.at(-1) ?? ''
  const qualifier = names.length > 1 ? names.at(-2)?.toLowerCase() : undefined
  const among = [...tables, ...outer].filter(({ name }) => qualifier === undefined || name.toLowerCase() === qualifier)
  const closed = among.filter(({ open }) => open === null)
  for (const table of [...closed, ...among]) {
    const found = columnOf(table, column)
    if (found !== undefined) return found
  }
  // `a.b` may also be the part `b` of a column `a`.
  if (names.length > 1 && among.length === 0) return resolve(names.slice(0, -1), { tables, outer, aliases })
  return aliases.get(column.toLowerCase()) ?? NO_ORIGINS
}
