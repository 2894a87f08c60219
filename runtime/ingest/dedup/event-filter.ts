import type { Warehouse } from '../../warehouse/index.ts'
import { EVENTS } from '../tables.ts'
import { FingerprintSet } from './fingerprint-set.ts'

/** Says which events may be in the warehouse already. A no is certain. */
export interface EventFilter {
  has(fingerprint: number): boolean
  add(fingerprint: number): void
}

/** In Postgres other processes write as well, and an index answers fast: everything is looked up. */
const ALWAYS: EventFilter = { has: () => true, add: () => undefined }

/** Fingerprints that come in one answer while a filter is filled. */
const PAGE = 500_000

/** A filter that knows every event of the warehouse. */
export async function loadEventFilter(warehouse: Warehouse): Promise<EventFilter> {
  if (warehouse.dialect.name === 'postgres') return ALWAYS
  const { rows } = await warehouse.query(`SELECT count(*) FROM ${EVENTS}`)
  const expected = Number(rows[0]?.[0])
  const filter = new FingerprintSet(expected)
  const pages = Math.ceil(expected / PAGE)
  for (let page = 0; page < pages; page++) {
    // One text for all of them: an array for each row would take ten times the memory.
    const answer = await warehouse.query(
      `SELECT string_agg(fingerprint, ',') FROM ${EVENTS} WHERE fingerprint % ${pages} = ${page}`,
    )
    for (const fingerprint of String(answer.rows[0]?.[0] ?? '').split(',')) filter.add(Number(fingerprint))
  }
  return filter
}
