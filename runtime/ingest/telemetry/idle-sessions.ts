import type { Ingest } from '../ingest.ts'
import { EVENTS } from '../tables.ts'
import { digest } from './mapping/index.ts'
import { sourceOf, toEvent } from './receive/index.ts'
import { DEFAULT_TELEMETRY, type TelemetrySettings } from './settings.ts'

const MINUTE = 60_000
const DAY = 1440 * MINUTE

export interface IdleOptions {
  readonly ingest: Pick<Ingest, 'accept' | 'warehouse'>
  readonly settings?: Pick<TelemetrySettings, 'idleMinutes' | 'memoryDays'>
  readonly now?: () => number
}

/**
 * Agents tell when a session starts, but hardly one tells when it ends: after some time without a sign of life it has,
 * at its last one. A session that goes on later ends again, later. Returns how many ended.
 */
export async function endIdleSessions(options: IdleOptions): Promise<number> {
  const { ingest, settings = DEFAULT_TELEMETRY, now = Date.now } = options
  const idle = now() - settings.idleMinutes * MINUTE
  const { rows } = await ingest.warehouse.query(IDLE, [timestamp(idle - settings.memoryDays * DAY), timestamp(idle)])
  const byOrg = new Map<string, object[]>()
  for (const [org, ...rest] of rows) {
    const events = byOrg.get(String(org)) ?? []
    events.push(endOf(rest))
    byOrg.set(String(org), events)
  }
  for (const [org, events] of byOrg) await ingest.accept(org, events, { origin: 'telemetry' })
  return rows.length
}

const ENDED = `'agent.session.ended'`
const sum = (field: string) => `sum(cast(data ->> '${field}' AS bigint)) FILTER (WHERE type = 'agent.session.output')`

/** The outcome is that of the last call of the model; a user who refused what came last has cancelled. */
const IDLE = `
WITH told AS (
  SELECT org_id, source, subject, type, time, received_at, cast(data AS json) AS data
  FROM ${EVENTS}
  WHERE source LIKE '/telemetry/%' AND subject IS NOT NULL AND received_at >= cast($1 AS timestamp)
),
sessions AS (
  SELECT org_id, source, subject,
    max(CASE WHEN type <> ${ENDED} THEN time END) AS last_time,
    max(CASE WHEN type = ${ENDED} THEN time END) AS ended_at,
    ${sum('loc_added')} AS loc_added, ${sum('loc_deleted')} AS loc_deleted
  FROM told GROUP BY org_id, source, subject
  HAVING max(received_at) < cast($2 AS timestamp)
),
steps AS (
  SELECT org_id, source, subject, data ->> 'kind' AS kind, data ->> 'status' AS status,
    data ->> 'error_type' AS error_type, data ->> 'decided_by' AS decided_by,
    row_number() OVER (
      PARTITION BY org_id, source, subject
      ORDER BY time DESC, cast(data ->> 'step' AS bigint) DESC
    ) AS newest,
    row_number() OVER (
      PARTITION BY org_id, source, subject, (data ->> 'kind') IN ('model', 'turn', 'agent')
      ORDER BY time DESC, cast(data ->> 'step' AS bigint) DESC
    ) AS newest_of_kind
  FROM told WHERE type = 'agent.session.step' AND (data ->> 'kind') <> 'telemetry_gap'
)
SELECT sessions.org_id, sessions.source, sessions.subject, last_time, loc_added, loc_deleted,
  outcome.status, outcome.error_type, last_step.kind, last_step.status, last_step.decided_by
FROM sessions
LEFT JOIN steps AS outcome ON outcome.org_id = sessions.org_id AND outcome.source = sessions.source
  AND outcome.subject = sessions.subject AND outcome.kind IN ('model', 'turn', 'agent') AND outcome.newest_of_kind = 1
LEFT JOIN steps AS last_step ON last_step.org_id = sessions.org_id AND last_step.source = sessions.source
  AND last_step.subject = sessions.subject AND last_step.newest = 1
WHERE last_time IS NOT NULL AND (ended_at IS NULL OR ended_at < last_time)
ORDER BY sessions.org_id, last_time`

function endOf(row: readonly unknown[]): object {
  const [source, subject, lastTime, added, deleted, outcome, error, kind, status, decidedBy] = row
  const agent = decodeURIComponent(String(source).slice(sourceOf('').length))
  const session = String(subject)
  const time = new Date(String(lastTime)).toISOString()
  const isCancelled = kind === 'approval' && status === 'denied' && decidedBy === 'user'
  const data = {
    session_id: session,
    agent,
    ...(isCancelled
      ? { status: 'cancelled' }
      : outcome === 'error'
        ? { status: 'failed', error_type: typeof error === 'string' ? error : 'agent_error' }
        : { status: 'completed' }),
    ...(added === null ? {} : { loc_added: Number(added) }),
    ...(deleted === null ? {} : { loc_deleted: Number(deleted) }),
    inferred: true,
  }
  const id = digest(['ended', agent, session, time])
  return toEvent({ id, source: sourceOf(agent), type: 'agent.session.ended', time, data }, session)
}

const timestamp = (instant: number) => new Date(instant).toISOString().replace('T', ' ').replace('Z', '')
