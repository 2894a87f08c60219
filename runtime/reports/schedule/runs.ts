import { type Kysely, sql } from 'kysely'
import type { ReportRunRow, StoreSchema } from '../../store/index.ts'

export interface DueReport {
  readonly report: string
  readonly schedule: string
  readonly occurrence: Date
}

/**
 * Writes down that an occurrence is taken care of, together with its runs, once over all instances. A schedule that
 * is new or was changed begins now: what is past is past.
 */
export async function takeOccurrence(
  db: Kysely<StoreSchema>,
  { occurrence, report, schedule }: DueReport,
  orgs: () => Promise<readonly (string | null)[]>,
  now: Date,
): Promise<number> {
  const known = await db.selectFrom('report_schedules').selectAll().where('report', '=', report).executeTakeFirst()
  if (known === undefined || known.schedule !== schedule) {
    await db
      .insertInto('report_schedules')
      .values({ report, schedule, handled: now })
      .onConflict((conflict) => conflict.column('report').doUpdateSet({ schedule, handled: now }))
      .execute()
    return 0
  }
  if (known.handled >= occurrence) return 0
  const tenants = await orgs()
  return db.transaction().execute(async (trx) => {
    const taken = await trx
      .updateTable('report_schedules')
      .set({ handled: occurrence })
      .where('report', '=', report)
      .where('schedule', '=', schedule)
      .where('handled', '<', occurrence)
      .returning('report')
      .execute()
    if (taken.length === 0) return 0
    const runs = tenants.map((org) => ({
      org,
      report,
      occurrence: occurrence.toISOString(),
      at: occurrence,
      by: null,
      next_at: now,
    }))
    await addRuns(trx, runs)
    return runs.length
  })
}

export interface NewRun {
  readonly org: string | null
  readonly report: string
  readonly occurrence: string
  readonly at: Date
  readonly by: string | null
  readonly next_at: Date
  /** The run that is sent again. */
  readonly again_of?: string
  /** Addresses in the place of the usual ones. */
  readonly recipients?: readonly string[]
}

export async function addRuns(db: Kysely<StoreSchema>, runs: readonly NewRun[]): Promise<readonly string[]> {
  if (runs.length === 0) return []
  const added = await db
    .insertInto('report_runs')
    .values(runs.map(({ recipients, ...run }) => ({ ...run, ...(recipients && { recipients: [...recipients] }) })))
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute()
  return added.map(({ id }) => String(id))
}

/** Takes one run for this instance, for as long as the lease runs. */
export async function claimRun(
  db: Kysely<StoreSchema>,
  owner: string,
  now: Date,
  lease: number,
): Promise<ReportRunRow | undefined> {
  const due = sql<string>`(
    SELECT id FROM report_runs
    WHERE state = 'pending' AND next_at <= ${now} AND (lease_until IS NULL OR lease_until <= ${now})
    ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)`
  return db
    .updateTable('report_runs')
    .set((eb) => ({
      lease_owner: owner,
      lease_until: new Date(now.getTime() + lease),
      attempts: eb('attempts', '+', 1),
    }))
    .where('id', '=', due)
    .returningAll()
    .executeTakeFirst()
}

/** What became of a run; written with its messages in one transaction. */
export async function finishRun(
  db: Kysely<StoreSchema>,
  id: string,
  result:
    | { readonly messages: number; readonly sentTo: readonly string[] }
    | { readonly error: string; readonly retryAt: Date | null },
  now: Date,
): Promise<void> {
  const free = { lease_owner: null, lease_until: null }
  const change =
    'messages' in result
      ? {
          ...free,
          state: 'done' as const,
          done_at: now,
          messages: result.messages,
          sent_to: [...result.sentTo],
          error: null,
        }
      : result.retryAt === null
        ? { ...free, state: 'failed' as const, done_at: now, error: result.error }
        : { ...free, next_at: result.retryAt, error: result.error }
  await db.updateTable('report_runs').set(change).where('id', '=', id).execute()
}
