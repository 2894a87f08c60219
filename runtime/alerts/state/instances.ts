import type { Kysely } from 'kysely'
import type { AlertInstanceRow, StoreSchema } from '../../store/index.ts'
import type { Change } from '../evaluate/evaluate-rule.ts'
import type { Instance, Notified } from '../instance.ts'
import type { InstanceState } from '../machine/index.ts'
import type { Severity } from '../rule.ts'

type Db = Kysely<StoreSchema>

/** The tenant as the tables keep it: a key cannot be null. */
export const orgKey = (org: string | null): string => org ?? ''
const orgOf = (key: string): string | null => (key === '' ? null : key)

export async function loadInstances(db: Db, org?: string | null): Promise<readonly Instance[]> {
  const all = db.selectFrom('alert_instances').selectAll()
  const rows = await (org === undefined ? all : all.where('org', '=', orgKey(org))).execute()
  return rows.map(toInstance)
}

export async function findInstance(db: Db, org: string | null, id: string): Promise<Instance | undefined> {
  const row = await db
    .selectFrom('alert_instances')
    .selectAll()
    .where('id', '=', id)
    .where('org', '=', orgKey(org))
    .executeTakeFirst()
  return row === undefined ? undefined : toInstance(row)
}

function toInstance(row: AlertInstanceRow): Instance {
  return {
    id: row.id,
    org: orgOf(row.org),
    alert: row.alert,
    key: row.key,
    labels: row.labels,
    severity: row.severity as Severity,
    state: row.state as InstanceState,
    value: row.value,
    detail: row.detail as Instance['detail'],
    notified: row.notified as Notified | null,
    acknowledgedBy: row.acknowledged_by,
    acknowledgedAt: row.acknowledged_at,
  }
}

const CHUNK = 500

/** Acknowledging is done by people, meanwhile: what they wrote stays unless the instance is over. */
export async function saveInstances(db: Db, instances: readonly Instance[]): Promise<void> {
  for (let start = 0; start < instances.length; start += CHUNK) {
    await db
      .insertInto('alert_instances')
      .values(instances.slice(start, start + CHUNK).map(toRow))
      .onConflict((conflict) =>
        conflict.columns(['org', 'alert', 'key']).doUpdateSet((eb) => ({
          severity: eb.ref('excluded.severity'),
          state: eb.ref('excluded.state'),
          status: eb.ref('excluded.status'),
          value: eb.ref('excluded.value'),
          detail: eb.ref('excluded.detail'),
          notified: eb.ref('excluded.notified'),
          acknowledged_by: eb
            .case()
            .when('excluded.status', '=', 'normal')
            .then(null)
            .else(eb.ref('alert_instances.acknowledged_by'))
            .end(),
          acknowledged_at: eb
            .case()
            .when('excluded.status', '=', 'normal')
            .then(null)
            .else(eb.ref('alert_instances.acknowledged_at'))
            .end(),
        })),
      )
      .execute()
  }
}

function toRow(instance: Instance) {
  return {
    id: instance.id,
    org: orgKey(instance.org),
    alert: instance.alert,
    key: instance.key,
    labels: JSON.stringify(instance.labels),
    severity: instance.severity,
    state: JSON.stringify(instance.state),
    status: instance.state.status,
    value: instance.value,
    detail: JSON.stringify(instance.detail),
    notified: instance.notified === null ? null : JSON.stringify(instance.notified),
    acknowledged_by: instance.acknowledgedBy,
    acknowledged_at: instance.acknowledgedAt,
  }
}

export async function removeInstances(db: Db, ids: readonly string[]): Promise<void> {
  for (let start = 0; start < ids.length; start += CHUNK)
    await db
      .deleteFrom('alert_instances')
      .where('id', 'in', ids.slice(start, start + CHUNK))
      .execute()
}

export async function acknowledge(db: Db, ids: readonly string[], by: string | null, at: Date | null): Promise<void> {
  if (ids.length === 0) return
  await db
    .updateTable('alert_instances')
    .set({ acknowledged_by: by, acknowledged_at: at })
    .where('id', 'in', ids)
    .execute()
}

export async function writeHistory(db: Db, changes: readonly Change[]): Promise<void> {
  for (let start = 0; start < changes.length; start += CHUNK) {
    const rows = changes.slice(start, start + CHUNK).map(({ at, from, instance, to }) => ({
      at: new Date(at),
      org: orgKey(instance.org),
      alert: instance.alert,
      key: instance.key,
      labels: JSON.stringify(instance.labels),
      from_status: from,
      to_status: to,
      value: instance.value,
      text: instance.detail.text,
      actor: null,
    }))
    await db.insertInto('alert_history').values(rows).execute()
  }
}

/** What a person did to an instance stands among what became of it. */
export async function noteAction(
  db: Db,
  { alert, key, labels, org, state, value }: Instance,
  action: { readonly text: string; readonly actor: string; readonly at: Date },
): Promise<void> {
  const { actor, at, text } = action
  const status = state.status
  await db
    .insertInto('alert_history')
    .values({
      at,
      org: orgKey(org),
      alert,
      key,
      labels: JSON.stringify(labels),
      from_status: status,
      to_status: status,
      value,
      text,
      actor,
    })
    .execute()
}

export interface HistoryEntry {
  readonly id: string
  readonly at: Date
  readonly labels: Instance['labels']
  readonly from: string | null
  readonly to: string
  readonly value: number | null
  readonly text: string
  readonly actor: string | null
}

/** The newest entries first; `before` is the id of the last one that was shown. */
export async function readHistory(
  db: Db,
  org: string | null,
  alert: string,
  limit: number,
  before?: string,
): Promise<readonly HistoryEntry[]> {
  const all = db.selectFrom('alert_history').selectAll().where('org', '=', orgKey(org)).where('alert', '=', alert)
  const rows = await (before === undefined ? all : all.where('id', '<', before))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ actor, at, from_status, id, labels, text, to_status, value }) => ({
    id,
    at,
    labels,
    from: from_status,
    to: to_status,
    value,
    text,
    actor,
  }))
}
