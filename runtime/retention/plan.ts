import type { Manifest } from '../compiler/index.ts'
import type { ResolvedConfig } from '../config/index.ts'
import { DEAD_LETTERS, EVENTS } from '../ingest/index.ts'
import type { Warehouse } from '../warehouse/index.ts'

/** Rows of a relation that are older than its limit. */
export interface Outdated {
  readonly relation: string
  /** Which limit holds for it. */
  readonly limit: 'events' | 'aggregates'
  /** Column that says how old a row is. */
  readonly column: string
  /** The oldest instant that stays. */
  readonly before: Date
  /** Event types that stay however old they are. */
  readonly keep: readonly string[]
}

/** What tells a state, which holds until the next one: how long ago it was told does not matter. */
const STATES = [
  'org.%',
  'seat.changed',
  'budget.set',
  'agent.lifecycle.changed',
  'compliance.control.assessed',
] as const

export interface PlanOptions {
  readonly warehouse: Pick<Warehouse, 'describe'>
  readonly manifest: Pick<Manifest, 'relations' | 'models'>
  readonly limits: ResolvedConfig['retention']
  readonly now: Date
}

/** What has a limit: events, what was refused of them, and the models that are tagged `detail` or `aggregate`. */
export async function planRetention({ warehouse, manifest, limits, now }: PlanOptions): Promise<readonly Outdated[]> {
  const before = { events: beforeOf(limits.events, now), aggregates: beforeOf(limits.aggregates, now) }
  const candidates = [
    { relation: EVENTS, limit: 'events', column: 'time', keep: STATES },
    { relation: DEAD_LETTERS, limit: 'events', column: 'received_at', keep: [] },
    ...(await modelsOf(manifest, warehouse)),
  ] as const
  const outdated: Outdated[] = []
  for (const { limit, ...candidate } of candidates) {
    const instant = before[limit]
    if (instant === null || (await warehouse.describe(candidate.relation)).length === 0) continue
    outdated.push({ ...candidate, limit, before: instant })
  }
  return outdated
}

async function modelsOf({ relations, models }: PlanOptions['manifest'], warehouse: PlanOptions['warehouse']) {
  // Only what is added to outlives its sources; everything else is made anew from what is left.
  const limited = relations.filter(({ materialized, keep }) => materialized === 'incremental' && keep !== undefined)
  const found = await Promise.all(
    limited.map(async ({ name, keep, columns }) => {
      const times = (await warehouse.describe(name)).filter(({ type }) => type === 'timestamp' || type === 'date')
      const isTime = (column: string | null) => times.some((time) => time.name === column)
      const model = models.find(({ relation }) => relation === name)
      const column = [model === undefined ? null : timeColumn(model), ...columns.map((each) => each.name)].find(isTime)
      const limit = keep === 'detail' ? ('events' as const) : ('aggregates' as const)
      return column === undefined || column === null ? [] : [{ relation: name, limit, column, keep: [] }]
    }),
  )
  return found.flat()
}

/** Of the time dimension, where it is a plain column. */
function timeColumn({ timeDimension, dimensions }: Manifest['models'][number]): string | null {
  const [part, ...more] = dimensions.find(({ name }) => name === timeDimension)?.sql ?? []
  return part !== undefined && more.length === 0 && 'text' in part ? part.text.replace(/^"(.*)"$/, '$1') : null
}

type Limit = ResolvedConfig['retention']['events']

function beforeOf(limit: Limit, now: Date): Date | null {
  if (limit === null) return null
  const date = new Date(now)
  const { count, unit } = limit
  if (unit === 'day' || unit === 'week') date.setUTCDate(date.getUTCDate() - count * (unit === 'week' ? 7 : 1))
  else {
    const day = date.getUTCDate()
    date.setUTCDate(1)
    date.setUTCMonth(date.getUTCMonth() - count * (unit === 'year' ? 12 : 1))
    const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
    date.setUTCDate(Math.min(day, last))
  }
  date.setUTCHours(0, 0, 0, 0)
  return date
}
