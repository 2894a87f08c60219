import type { Kysely } from 'kysely'
import { fail } from '../../diagnostics/index.ts'
import type { DeliveryState, StoreSchema } from '../../store/index.ts'

export interface DeliveryEntry {
  readonly id: string
  readonly org: string | null
  readonly channel: string
  readonly kind: string
  readonly status: string
  readonly severity: string
  readonly group: string
  readonly title: string
  readonly state: DeliveryState
  readonly attempts: number
  readonly created_at: Date
  readonly done_at: Date | null
  /** When it is tried again. */
  readonly next_at: Date | null
  readonly error: string | null
}

export interface LogFilter {
  /** Undefined is all tenants. */
  readonly org?: string | null | undefined
  readonly channel?: string | undefined
  readonly state?: DeliveryState | undefined
  readonly limit?: number | undefined
  /** Only what is older than this id. */
  readonly before?: string | undefined
}

const COLUMNS = [
  'id',
  'org',
  'channel',
  'kind',
  'status',
  'severity',
  'group_key as group',
  'title',
  'state',
  'attempts',
  'created_at',
  'done_at',
  'next_at',
  'error',
] as const

/** Deliveries, the newest first. */
export async function readLog(db: Kysely<StoreSchema>, filter: LogFilter): Promise<readonly DeliveryEntry[]> {
  const { before, channel, limit = 100, org, state } = filter
  let query = db.selectFrom('deliveries').select(COLUMNS).orderBy('id', 'desc').limit(limit)
  if (org !== undefined) query = query.where('org', 'is not distinct from', org)
  if (channel !== undefined) query = query.where('channel', '=', channel)
  if (state !== undefined) query = query.where('state', '=', state)
  if (before !== undefined) query = query.where('id', '<', before)
  const rows = await query.execute()
  return rows.map((row) => ({ ...row, id: String(row.id), next_at: row.state === 'pending' ? row.next_at : null }))
}

/** One delivery with its attempts, the first one first. */
export async function readDelivery(db: Kysely<StoreSchema>, id: string, org?: string | null) {
  const row = await find(db, id, org)
  const tries = await db
    .selectFrom('delivery_attempts')
    .select(['at', 'ms', 'ok', 'response', 'error'])
    .where('delivery_id', '=', id)
    .orderBy('id')
    .execute()
  return { ...row, tries }
}

/** Puts a delivery that is over back into the outbox. */
export async function requeue(db: Kysely<StoreSchema>, id: string, org: string | null | undefined, now: Date) {
  const entry = await find(db, id, org)
  if (entry.state === 'pending') {
    fail('AM8003', `Delivery ${id} is still on its way.`, {
      hint: 'It is tried again by itself; see its next attempt.',
    })
  }
  await db
    .updateTable('deliveries')
    .set({
      state: 'pending',
      attempts: 0,
      next_at: now,
      done_at: null,
      error: null,
      lease_owner: null,
      lease_until: null,
    })
    .where('id', '=', id)
    .where('state', '<>', 'pending')
    .execute()
  return find(db, id, org)
}

async function find(db: Kysely<StoreSchema>, id: string, org: string | null | undefined): Promise<DeliveryEntry> {
  const row = /^\d{1,18}$/.test(id)
    ? await db.selectFrom('deliveries').select(COLUMNS).where('id', '=', id).executeTakeFirst()
    : undefined
  if (row !== undefined && (org === undefined || row.org === org)) return { ...row, id: String(row.id) }
  return fail('AM8002', `There is no delivery ${id}.`, { hint: 'The delivery log lists them: metrics channels log' })
}
