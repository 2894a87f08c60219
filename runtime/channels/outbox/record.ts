import type { Kysely } from 'kysely'
import type { DeliveryRow, StoreSchema } from '../../store/index.ts'

export interface Attempt {
  readonly ok: boolean
  readonly ms: number
  readonly response: string | null
  readonly error: string | null
}

/** What becomes of a delivery after an attempt. */
export type Next = { readonly state: 'delivered' } | { readonly state: 'dead' } | { readonly retryAt: Date }

/** Writes down an attempt and frees the lease, unless another instance has taken over meanwhile. */
export async function record(
  db: Kysely<StoreSchema>,
  row: Pick<DeliveryRow, 'id' | 'lease_owner'>,
  { error, ms, ok, response }: Attempt,
  next: Next,
  now: Date,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('delivery_attempts')
      .values({ delivery_id: row.id, at: now, ms, ok, response, error })
      .execute()
    await trx
      .updateTable('deliveries')
      .set({
        lease_owner: null,
        lease_until: null,
        error,
        ...('retryAt' in next ? { next_at: next.retryAt } : { state: next.state, done_at: now }),
      })
      .where('id', '=', row.id)
      .where('lease_owner', '=', row.lease_owner)
      .execute()
  })
}
