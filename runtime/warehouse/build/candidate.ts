import { createHash } from 'node:crypto'
import type { Warehouse } from '../driver.ts'
import { parseRelation, relationSql } from '../relation-name.ts'

const PREFIX = '__new_'

/** Name under which a relation is built beside the one in use. */
export function candidateOf(relation: string): string {
  const { schema, name } = parseRelation(relation)
  // Postgres cuts names after 63 bytes.
  const short = Buffer.byteLength(name) <= 50 ? name : createHash('sha256').update(name).digest('hex').slice(0, 16)
  return schema === null ? `${PREFIX}${short}` : `${schema}.${PREFIX}${short}`
}

/** Name of a table to build in where no disk is written; null where the engine has no such place. */
export function scratchOf({ dialect }: Pick<Warehouse, 'dialect'>, relation: string): string | null {
  return dialect.scratch === null ? null : `${dialect.scratch}.${PREFIX}${relation.replaceAll('.', ' ')}`
}

export const isInScratch = ({ dialect }: Pick<Warehouse, 'dialect'>, candidate: string) =>
  dialect.scratch !== null && candidate.startsWith(`${dialect.scratch}.`)

/** Removes what builds left behind that were killed. */
export async function dropLeftovers(warehouse: Warehouse): Promise<void> {
  for (const { schema, name, type } of await warehouse.tables()) {
    if (name.startsWith(PREFIX)) await warehouse.query(dropSql(warehouse, `${schema}.${name}`, type))
  }
}

/** Removes a candidate that was not swapped in. */
export async function dropCandidate(warehouse: Warehouse, candidate: string, kind: 'table' | 'view'): Promise<void> {
  await warehouse.query(dropSql(warehouse, candidate, kind))
}

const dropSql = ({ dialect }: Warehouse, relation: string, kind: 'table' | 'view') =>
  `DROP ${kind} IF EXISTS ${relationSql(dialect, relation)}${dialect.name === 'postgres' ? ' CASCADE' : ''}`
