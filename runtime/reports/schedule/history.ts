import { type Kysely, sql } from 'kysely'
import { fail } from '../../diagnostics/index.ts'
import type { ReportRunRow, StoreSchema } from '../../store/index.ts'

const COLUMNS = [
  ...['id', 'org', 'report', 'occurrence', 'at', 'by', 'state', 'created_at', 'done_at', 'messages'],
  ...['error', 'again_of', 'recipients', 'sent_to'],
] as const

/** One report that was sent, or was to be. */
export interface RunEntry extends Omit<ReportRunRow, 'attempts' | 'next_at' | 'lease_owner' | 'lease_until'> {
  /** What became of its messages. */
  readonly deliveries: { readonly delivered: number; readonly waiting: number; readonly dead: number }
}

export interface PageOfRuns {
  /** 50 by default. */
  readonly limit?: number | undefined
  /** Only those older than the run of this id. */
  readonly before?: string | undefined
}

const LARGEST_PAGE = 500

/** A page as people ask for it: texts, as far as they are given. */
export function parsePageOfRuns({
  before,
  limit,
}: {
  before?: string | undefined
  limit?: string | undefined
}): PageOfRuns {
  const count = limit === undefined ? undefined : Number(limit)
  if (count !== undefined && !(Number.isInteger(count) && count >= 1 && count <= LARGEST_PAGE))
    fail('AM5033', `limit is a whole number from 1 to ${LARGEST_PAGE}, not '${limit}'.`)
  if (before !== undefined && !ID.test(before))
    fail('AM5033', `before is the id of a run, such as \`next\` of the page before, not '${before}'.`)
  return { before, limit: count }
}

const ID = /^\d{1,18}$/

interface RunFilter extends PageOfRuns {
  /** Undefined is all tenants. */
  readonly org: string | null | undefined
  readonly report?: string | undefined
  readonly id?: string
}

/** The runs of a report or of all, the newest first. */
export async function readRuns(
  db: Kysely<StoreSchema>,
  { before, id, limit = 50, org, report }: RunFilter,
): Promise<readonly RunEntry[]> {
  let query = db.selectFrom('report_runs').select(COLUMNS).select(DELIVERIES).orderBy('id', 'desc').limit(limit)
  if (org !== undefined) query = query.where('org', 'is not distinct from', org)
  if (report !== undefined) query = query.where('report', '=', report)
  if (id !== undefined) query = query.where('id', '=', id)
  if (before !== undefined) query = query.where('id', '<', before)
  return (await query.execute()).map((row) => ({
    ...row,
    id: String(row.id),
    again_of: row.again_of === null ? null : String(row.again_of),
  }))
}

export interface RunPage {
  readonly runs: readonly RunEntry[]
  /** What `before` is for the runs that come after these; null where there are none. */
  readonly next: string | null
}

export async function readRunPage(db: Kysely<StoreSchema>, { limit = 50, ...filter }: RunFilter): Promise<RunPage> {
  const found = await readRuns(db, { ...filter, limit: limit + 1 })
  const runs = found.slice(0, limit)
  return { runs, next: found.length > limit ? (runs.at(-1)?.id ?? null) : null }
}

export async function findRun(db: Kysely<StoreSchema>, id: string, org: string | null | undefined): Promise<RunEntry> {
  const [found] = ID.test(id) ? await readRuns(db, { id, org, limit: 1 }) : []
  return found ?? fail('AM8015', `There is no run ${id} of a report.`, { hint: 'metrics report history lists them.' })
}

const inState = (state: string) => sql`count(*) FILTER (WHERE d.state = ${sql.lit(state)})`
const DELIVERIES = sql<RunEntry['deliveries']>`(
  SELECT json_build_object(
    'delivered', ${inState('delivered')}, 'waiting', ${inState('pending')}, 'dead', ${inState('dead')})
  FROM deliveries d
  WHERE d.kind = 'report' AND d.org IS NOT DISTINCT FROM report_runs.org
    AND starts_with(d.key, 'report:' || report_runs.report || ':' || report_runs.occurrence || ':'))`.as('deliveries')
