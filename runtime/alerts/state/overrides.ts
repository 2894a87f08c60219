import type { Kysely } from 'kysely'
import type { StoreSchema } from '../../store/index.ts'
import { orgKey } from './instances.ts'

type Db = Kysely<StoreSchema>

/** Limits of an alert that a tenant set in the interface. */
export interface Override {
  readonly org: string | null
  readonly alert: string
  readonly settings: { readonly above?: number; readonly below?: number }
  readonly reason: string
  readonly by: string
  readonly at: Date
}

export async function loadOverrides(db: Db, org?: string | null): Promise<readonly Override[]> {
  const all = db.selectFrom('alert_overrides').selectAll()
  const rows = await (org === undefined ? all : all.where('org', '=', orgKey(org))).execute()
  return rows.map((row) => ({
    org: row.org === '' ? null : row.org,
    alert: row.alert,
    settings: row.settings as Override['settings'],
    reason: row.reason,
    by: row.set_by,
    at: row.set_at,
  }))
}

export async function saveOverride(db: Db, { alert, at, by, org, reason, settings }: Override): Promise<void> {
  const values = { settings: JSON.stringify(settings), reason, set_by: by, set_at: at }
  await db
    .insertInto('alert_overrides')
    .values({ org: orgKey(org), alert, ...values })
    .onConflict((conflict) => conflict.columns(['org', 'alert']).doUpdateSet(values))
    .execute()
}

export async function removeOverride(db: Db, org: string | null, alert: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('alert_overrides')
    .where('org', '=', orgKey(org))
    .where('alert', '=', alert)
    .executeTakeFirst()
  return numDeletedRows > 0n
}
