import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { AlertSilenceRow, StoreSchema } from '../../store/index.ts'
import type { Silence } from '../notify/silence.ts'
import { orgKey } from './instances.ts'

type Db = Kysely<StoreSchema>

/** Silences that have not ended at an instant, also those that are still to come. */
export async function loadSilences(db: Db, now: Date, org?: string | null): Promise<readonly Silence[]> {
  const all = db
    .selectFrom('alert_silences')
    .selectAll()
    .where((eb) => eb.or([eb('ends_at', 'is', null), eb('ends_at', '>', now)]))
    .orderBy('starts_at')
  const rows = await (org === undefined ? all : all.where('org', '=', orgKey(org))).execute()
  return rows.map(toSilence)
}

function toSilence(row: AlertSilenceRow): Silence {
  return {
    id: row.id,
    org: row.org === '' ? null : row.org,
    alert: row.alert,
    matchers: row.matchers,
    reason: row.reason,
    createdBy: row.created_by,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
  }
}

export async function addSilence(db: Db, silence: Omit<Silence, 'id'>): Promise<Silence> {
  const id = randomUUID()
  const { alert, createdBy, endsAt, matchers, org, reason, startsAt } = silence
  await db
    .insertInto('alert_silences')
    .values({
      id,
      org: orgKey(org),
      alert,
      matchers: JSON.stringify(matchers),
      reason,
      created_by: createdBy,
      starts_at: startsAt,
      ends_at: endsAt,
      ended_by: null,
    })
    .execute()
  return { id, ...silence }
}

/** True where there was one to end. */
export async function endSilence(db: Db, org: string | null, id: string, by: string, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('alert_silences')
    .set({ ends_at: now, ended_by: by })
    .where('id', '=', id)
    .where('org', '=', orgKey(org))
    .where((eb) => eb.or([eb('ends_at', 'is', null), eb('ends_at', '>', now)]))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
