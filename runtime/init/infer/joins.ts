import { singular } from '../names.ts'
import type { Overlap } from '../profile/profile.ts'
import type { Table, TableColumn } from './table.ts'

export interface InferredJoin {
  readonly from: Table
  readonly to: Table
  readonly left: TableColumn
  readonly right: TableColumn
  readonly relationship: 'many_to_one' | 'one_to_one'
  /** Part of the values here that exist there. */
  readonly overlap: number
}

/** Part of the values that must exist on the other side. */
const ENOUGH = 0.5

/** Part that must exist there where the names do not fit, and how many values at least. */
const NEARLY_ALL = 0.95
const MANY = 10

/**
 * Joins from a column to a unique column of another file with a fitting name, if its values occur there, or from
 * words that nearly all are keys there. None that
 * would give a table two ways to another, nor a way back.
 */
export async function inferJoins(tables: readonly Table[], overlap: Overlap): Promise<readonly InferredJoin[]> {
  const joins: InferredJoin[] = []
  for (const [from, to] of pairs(tables)) {
    if (waysTo(joins, to).has(from) || waysTo(joins, from).has(to)) continue
    const join = await bestJoin(from, to, overlap)
    if (join && !givesTwoWays(joins, join)) joins.push(join)
  }
  return joins
}

/** Large tables look for small ones first. */
function pairs(tables: readonly Table[]): (readonly [Table, Table])[] {
  const bySize = [...tables].sort((a, b) => b.file.rows - a.file.rows)
  return bySize.flatMap((from) => bySize.filter((to) => to !== from).map((to) => [from, to] as const))
}

async function bestJoin(from: Table, to: Table, overlap: Overlap): Promise<InferredJoin | null> {
  for (const right of keysOf(to)) {
    const left = from.columns.find((column) => fits(column, right, to))
    if (!left || left.profile.filled === 0) continue
    const shared = await overlap({ file: from.file, column: left.profile }, { file: to.file, column: right.profile })
    if (shared < ENOUGH) continue
    return joinOf(from, to, left, right, shared)
  }
  return joinByValues(from, to, overlap)
}

async function joinByValues(from: Table, to: Table, overlap: Overlap): Promise<InferredJoin | null> {
  const right = to.primaryKey
  if (right === null || right.profile.kind !== 'string') return null
  for (const left of from.columns) {
    const wordy = left.profile.kind === 'string' && !left.profile.unique && left.profile.distinct >= MANY
    if (!wordy || left.profile.distinct > right.profile.distinct) continue
    const shared = await overlap({ file: from.file, column: left.profile }, { file: to.file, column: right.profile })
    if (shared >= NEARLY_ALL) return joinOf(from, to, left, right, shared)
  }
  return null
}

function joinOf(from: Table, to: Table, left: TableColumn, right: TableColumn, overlap: number): InferredJoin {
  const relationship = left.profile.unique ? 'one_to_one' : 'many_to_one'
  return { from, to, left, right, relationship, overlap }
}

/** Unique columns, the primary key first. */
function keysOf({ columns, primaryKey }: Table): readonly TableColumn[] {
  const unique = columns.filter(
    ({ profile }) => profile.unique && (profile.kind === 'string' || profile.kind === 'integer'),
  )
  return unique.sort((a, b) => Number(b === primaryKey) - Number(a === primaryKey))
}

function fits(left: TableColumn, right: TableColumn, to: Table): boolean {
  if ((left.profile.kind === 'string') !== (right.profile.kind === 'string')) return false
  const one = singular(to.name)
  // A bare `id` on both sides names two different things.
  const names = right.name === 'id' ? [] : [right.name]
  return [...names, `${one}_${right.name}`, `${to.name}_${right.name}`, one].includes(left.name)
}

/**
 * The dimension that a column is, as `model.name`: its own, or the key of a joined table that has the same name and
 * every value of it, so that both tables are grouped by the same thing.
 */
export function dimensionOf(table: Table, column: TableColumn, joins: readonly InferredJoin[]): string {
  const shared = joins.find(
    ({ from, left, right, overlap }) => from === table && left === column && left.name === right.name && overlap === 1,
  )
  return `${shared ? shared.to.name : table.name}.${column.name}`
}

/** Every table from which `to` can be reached, itself included. */
function waysTo(joins: readonly InferredJoin[], to: Table): ReadonlySet<Table> {
  const found = new Set([to])
  for (const table of found) {
    for (const join of joins) if (join.to === table) found.add(join.from)
  }
  return found
}

function givesTwoWays(joins: readonly InferredJoin[], join: InferredJoin): boolean {
  const all = [...joins, join]
  const tables = new Set(all.flatMap(({ from, to }) => [from, to]))
  return [...tables].some((start) => {
    const reached = new Map<Table, number>([[start, 1]])
    for (const [table] of reached) {
      for (const { from, to } of all) {
        if (from === table) reached.set(to, (reached.get(to) ?? 0) + 1)
      }
    }
    return [...reached.values()].some((count) => count > 1)
  })
}
