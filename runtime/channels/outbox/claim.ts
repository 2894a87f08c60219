import { type Kysely, sql } from 'kysely'
import type { DeliveryRow, StoreSchema } from '../../store/index.ts'

export interface Claim {
  /** This instance. */
  readonly owner: string
  readonly now: Date
  readonly lease: number
  /** Channels on which everything goes in order; on others what belongs to one incident does. */
  readonly ordered: readonly string[]
  readonly limit: number
  /** Only this one. */
  readonly id?: string
}

/**
 * Takes what is due for this instance alone, for as long as the lease runs. Nothing is taken while something older of
 * the same lane is still to be sent, so a message never overtakes another.
 */
export async function claimDue(db: Kysely<StoreSchema>, claim: Claim): Promise<readonly DeliveryRow[]> {
  const { id, lease, limit, now, ordered, owner } = claim
  const until = new Date(now.getTime() + lease)
  const due = sql<{ id: string }>`
    SELECT d.id FROM deliveries d
    WHERE d.state = 'pending' AND d.next_at <= ${now} AND (d.lease_until IS NULL OR d.lease_until <= ${now})
      ${id === undefined ? sql`` : sql`AND d.id = ${id}`}
      AND NOT EXISTS (
        SELECT 1 FROM deliveries e
        WHERE e.state = 'pending' AND e.channel = d.channel AND e.id < d.id AND e.org IS NOT DISTINCT FROM d.org
          AND e.kind <> 'test' AND d.kind <> 'test'
          AND (e.group_key = d.group_key OR e.channel = ANY(${[...ordered]}::text[])))
    ORDER BY d.id LIMIT ${limit} FOR UPDATE SKIP LOCKED`
  const rows = await db
    .updateTable('deliveries')
    .set((eb) => ({ lease_owner: owner, lease_until: until, attempts: eb('attempts', '+', 1) }))
    .where('id', 'in', sql<string>`(${due})`)
    .returningAll()
    .execute()
  return [...rows].sort((a, b) => Number(a.id) - Number(b.id))
}
