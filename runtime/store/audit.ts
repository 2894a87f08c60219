import type { Kysely } from 'kysely'
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
