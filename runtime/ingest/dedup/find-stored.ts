import type { Transaction, Warehouse } from '../../warehouse/index.ts'
import type { CheckedEvent } from '../accept/event.ts'
import { EVENTS } from '../tables.ts'
import type { Content } from './same-event.ts'

export const identityOf = ({ org, source, id }: Pick<CheckedEvent, 'org' | 'source' | 'id'>) =>
  `${org}\n${source}\n${id}`

/** What the warehouse holds under the identities of events. */
export type FindStored = (tx: Transaction, events: readonly CheckedEvent[]) => Promise<ReadonlyMap<string, Content>>

export function findStoredIn({ dialect }: Warehouse): FindStored {
  const conditionOf = dialect.name === 'duckdb' ? byRow : byFingerprint
  return async (tx, events) => {
    const fingerprints = [...new Set(events.map((event) => event.fingerprint))]
    const condition = fingerprints.length === 0 ? null : await conditionOf(tx, fingerprints)
    return condition === null ? new Map() : read(tx, condition)
  }
}

const byFingerprint = async (_tx: Transaction, fingerprints: readonly number[]) =>
  `fingerprint IN (${fingerprints.join(', ')})`

/** DuckDB has no index: one column is read to find the rows, and the others where these are. */
async function byRow(tx: Transaction, fingerprints: readonly number[]): Promise<string | null> {
  const { rows } = await tx.query(`SELECT rowid FROM ${EVENTS} WHERE fingerprint IN (${fingerprints.join(', ')})`)
  if (rows.length === 0) return null
  const ids = rows.map(([id]) => Number(id)).sort((a, b) => a - b)
  return `rowid IN (${ids.join(', ')}) AND rowid BETWEEN ${ids[0]} AND ${ids.at(-1)}`
}

async function read(tx: Transaction, condition: string): Promise<ReadonlyMap<string, Content>> {
  const { rows } = await tx.query(
    `SELECT org_id, source, id, type, subject, time, original_time, received_at, data FROM ${EVENTS} WHERE ${condition}`,
  )
  const stored = new Map<string, Content>()
  for (const [org, source, id, type, subject, time, original, received, data] of rows) {
    stored.set(identityOf({ org: String(org), source: String(source), id: String(id) }), {
      type: String(type),
      subject: subject === null ? null : String(subject),
      time: Date.parse(String(time)),
      originalTime: original === null ? null : Date.parse(String(original)),
      received: Date.parse(String(received)),
      data: String(data),
    })
  }
  return stored
}
