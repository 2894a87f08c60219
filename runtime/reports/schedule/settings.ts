import type { Kysely } from 'kysely'
import { type StoreSchema, writeAudit } from '../../store/index.ts'

/** What a tenant set for a report; null is as the project says. */
export interface ReportSetting {
  readonly enabled: boolean | null
  readonly recipients: readonly string[] | null
}

const NONE: ReportSetting = { enabled: null, recipients: null }

export async function readSetting(db: Kysely<StoreSchema>, report: string, org: string | null): Promise<ReportSetting> {
  const row = await db
    .selectFrom('report_settings')
    .select(['enabled', 'recipients'])
    .where('report', '=', report)
    .where('org', '=', org ?? '')
    .executeTakeFirst()
  return row ?? NONE
}

export async function writeSetting(
  db: Kysely<StoreSchema>,
  report: string,
  org: string | null,
  change: Partial<ReportSetting>,
  actor: string,
): Promise<ReportSetting> {
  const next = { ...(await readSetting(db, report, org)), ...change }
  const row = {
    enabled: next.enabled,
    recipients: next.recipients === null ? null : [...next.recipients],
    changed_by: actor,
    changed_at: new Date(),
  }
  await db
    .insertInto('report_settings')
    .values({ org: org ?? '', report, ...row })
    .onConflict((conflict) => conflict.columns(['org', 'report']).doUpdateSet(row))
    .execute()
  await writeAudit(db, { org, actor, action: 'report.configured', subject: report, detail: { ...change } })
  return next
}
