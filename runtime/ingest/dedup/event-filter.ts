import type { Transaction, Warehouse } from '../../warehouse/index.ts'
import { EVENTS } from '../tables.ts'
import { FingerprintSet } from './fingerprint-set.ts'

/** Says which events may be in the warehouse already. A no is certain. */
export interface EventFilter {
  has(fingerprint: number): boolean
  add(fingerprint: number): void
}

/** In Postgres other processes write as well, and an index answers fast: everything is looked up. */
const ALWAYS: EventFilter = { has: () => true, add: () => undefined }

/** Rows whose fingerprints come in one answer while a filter is filled. */
const PAGE = 100_000

/** A filter that knows every event of the warehouse. */
export async function loadEventFilter(warehouse: Warehouse): Promise<EventFilter> {
  if (warehouse.dialect.name === 'postgres') return ALWAYS
  // One snapshot: numbers of rows change when others delete.
  return warehouse.transaction(async (tx) => {
    const { rows } = await tx.query(`SELECT count(*), coalesce(max(rowid), -1) FROM ${EVENTS}`)
    const [count = 0, last = -1] = (rows[0] ?? []).map(Number)
    const filter = new FingerprintSet(count)
    for (let row = 0; row <= last; row += PAGE) await addPage(tx, row, filter)
    return filter
  })
}

async function addPage(tx: Transaction, first: number, filter: FingerprintSet): Promise<void> {
  // One text for all of them: an array for each row would take ten times the memory.
  const { rows } = await tx.query(
    `SELECT string_agg(fingerprint, ',') FROM ${EVENTS} WHERE rowid >= ${first} AND rowid < ${first + PAGE}`,
  )
  const text = rows[0]?.[0]
  if (typeof text === 'string') for (const fingerprint of text.split(',')) filter.add(Number(fingerprint))
}
