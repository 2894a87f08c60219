import { type Kysely, sql } from 'kysely'
import type { AuditRow, StoreSchema } from './schema.ts'

export interface AuditEntry {
  readonly org: string | null
  readonly actor: string
  /** What was done, as `key.created`. */
  readonly action: string
  readonly subject?: string
  readonly detail?: Readonly<Record<string, unknown>>
}

export async function writeAudit(db: Kysely<StoreSchema>, { detail, ...entry }: AuditEntry): Promise<void> {
  await db
    .insertInto('audit_log')
    .values({ ...entry, detail: detail === undefined ? null : JSON.stringify(detail) })
    .execute()
}

/** The newest entries first; `org` null is those of no tenant. */
export function readAudit(db: Kysely<StoreSchema>, org: string | null, limit = 100): Promise<AuditRow[]> {
  return db
    .selectFrom('audit_log')
    .selectAll()
    .where('org', 'is not distinct from', org)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

export interface AuditFilter {
  readonly org: string | null
  /** A part of who did it. */
  readonly actor?: string
  /** The beginning of what was done. */
  readonly action?: string
  readonly subject?: string
  readonly from?: Date
  readonly to?: Date
  /** Entries older than the one of this id. */
  readonly before?: number
}

/** Entries that fit, the newest first. */
export function searchAudit(
  db: Kysely<StoreSchema>,
  { org, actor, action, subject, from, to, before, limit }: AuditFilter & { readonly limit: number },
): Promise<AuditRow[]> {
  let entries = db.selectFrom('audit_log').selectAll().where('org', 'is not distinct from', org)
  if (actor !== undefined) entries = entries.where(({ eb, fn }) => eb(fn('strpos', ['actor', eb.val(actor)]), '>', 0))
  if (action !== undefined) {
    entries = entries.where(({ eb, fn }) => eb(fn('starts_with', ['action', eb.val(action)]), '=', true))
  }
  if (subject !== undefined) entries = entries.where('subject', '=', subject)
  if (from !== undefined) entries = entries.where('at', '>=', from)
  if (to !== undefined) entries = entries.where('at', '<=', to)
  if (before !== undefined) entries = entries.where('id', '<', String(before))
  return entries.orderBy('id', 'desc').limit(limit).execute()
}

export interface AuditProof {
  readonly ok: boolean
  readonly entries: number
  /** When the first entry was written that is not as it was, or that follows one that is gone. */
  readonly broken_at: Date | null
}

/** Computes the chain of hashes anew: an entry that was changed or taken out behind the log breaks it. */
export async function verifyAudit(db: Kysely<StoreSchema>): Promise<AuditProof> {
  const { rows } = await sql<{ entries: string; broken_at: Date | null }>`
    SELECT count(*) AS entries, min(at) FILTER (
      WHERE hash IS DISTINCT FROM audit_log_hash(previous, id, at, org, actor, action, subject, detail)
    ) AS broken_at
    FROM (SELECT *, coalesce(lag(hash) OVER (ORDER BY id), '') AS previous FROM audit_log) AS entries`.execute(db)
  const [{ entries, broken_at } = { entries: '0', broken_at: null }] = rows
  return { ok: broken_at === null, entries: Number(entries), broken_at }
}
