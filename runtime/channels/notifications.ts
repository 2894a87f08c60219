import { expressionBuilder, type Kysely, sql } from 'kysely'
import type { StoreSchema } from '../store/index.ts'
import type { AlertSight } from './alert-sight.ts'

export interface Notification {
  readonly id: string
  readonly at: Date
  readonly severity: string
  readonly kind: string
  readonly status: string
  readonly title: string
  readonly text: string
  readonly fields: readonly { readonly label: string; readonly value: string }[]
  readonly href: string | null
  readonly read: boolean
}

/** Who reads: a user, or somebody who signed in without one. */
export interface Reader {
  readonly org: string | null
  readonly user: string | null
  readonly role: string
  readonly sight: AlertSight
  /** Alerts that this reader does not want to see here, by severity and by name, and those that they do in any case. */
  readonly unwanted?: {
    readonly severities: readonly string[]
    readonly alerts: readonly string[]
    readonly but: readonly string[]
  }
}

/** What the notification centre shows, the newest first. */
export async function listNotifications(
  db: Kysely<StoreSchema>,
  reader: Reader,
  { before, limit = 50, unread = false }: { before?: string; limit?: number; unread?: boolean } = {},
): Promise<{ readonly notifications: readonly Notification[]; readonly unread: number }> {
  let query = mine(db, reader)
    .select(['n.id', 'at', 'severity', 'kind', 'status', 'title', 'text', 'fields', 'href'])
    .select(sql<boolean>`r.notification_id IS NOT NULL`.as('read'))
    .orderBy('n.id', 'desc')
    .limit(limit)
  if (before !== undefined) query = query.where('n.id', '<', before)
  if (unread) query = query.where('r.notification_id', 'is', null)
  const count = await mine(db, reader)
    .where('r.notification_id', 'is', null)
    .select(sql<string>`count(*)`.as('n'))
    .executeTakeFirst()
  const rows = await query.execute()
  return {
    notifications: rows.map((row) => ({ ...row, id: String(row.id), fields: row.fields as Notification['fields'] })),
    unread: Number(count?.n ?? 0),
  }
}

/** Marks some or all as read by this reader; those of others are left alone. */
export async function markRead(
  db: Kysely<StoreSchema>,
  reader: Reader,
  which: { readonly ids: readonly string[] } | { readonly all: true },
): Promise<void> {
  let chosen = mine(db, reader).where('r.notification_id', 'is', null)
  if ('ids' in which) {
    const ids = which.ids.filter((id) => /^\d{1,18}$/.test(id))
    if (ids.length === 0) return
    chosen = chosen.where('n.id', 'in', ids)
  }
  await db
    .insertInto('notification_reads')
    .columns(['notification_id', 'reader'])
    .expression(chosen.select(['n.id', sql<string>`${nameOf(reader)}::text`.as('reader')]))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

function mine(db: Kysely<StoreSchema>, reader: Reader) {
  return db
    .selectFrom('notifications as n')
    .leftJoin('notification_reads as r', (join) =>
      join.onRef('r.notification_id', '=', 'n.id').on('r.reader', '=', nameOf(reader)),
    )
    .where('n.org', 'is not distinct from', reader.org)
    .where((eb) => eb.or([eb('n.user_id', 'is', null), eb('n.user_id', '=', reader.user ?? '')]))
    .where((eb) => eb.or([eb('n.kind', '<>', 'alert'), eb.and([isShown(reader.sight), isWanted(reader)])]))
}

function isShown({ declared, parts, whole }: AlertSight) {
  const eb = expressionBuilder<Joined, 'n'>()
  return eb.or([
    ...(whole.length > 0 ? [eb('n.alert', 'in', whole)] : []),
    ...parts.map(({ alert, instances }) =>
      eb.and([eb('n.alert', '=', alert), sql<boolean>`n.instances <@ ${JSON.stringify(instances)}::jsonb`]),
    ),
    ...(declared === null ? [] : [sql<boolean>`n.alert is null or not (n.alert = any(${[...declared]}::text[]))`]),
  ])
}

const NOTHING = { alerts: [], but: [], severities: [] }

function isWanted({ unwanted: { alerts, but, severities } = NOTHING }: Reader) {
  const eb = expressionBuilder<Joined, 'n'>()
  return eb.or([
    ...(but.length > 0 ? [eb('n.alert', 'in', but)] : []),
    eb.and([
      ...(severities.length > 0 ? [eb('n.severity', 'not in', severities)] : []),
      ...(alerts.length > 0 ? [eb('n.alert', 'not in', alerts)] : []),
    ]),
  ])
}

type Joined = { readonly n: StoreSchema['notifications'] }

const nameOf = ({ role, user }: Reader) => user ?? `role:${role}`
