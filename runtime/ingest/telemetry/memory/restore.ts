import type { Warehouse } from '../../../warehouse/index.ts'
import { EVENTS } from '../../tables.ts'
import type { AgentMapping, Topic } from '../mapping/index.ts'
import { claimKey, type Memory, seriesKey, sessionKey } from './memory.ts'

const TOPICS: Readonly<Record<string, Topic>> = {
  'agent.cost.recorded': 'usage',
  'agent.session.step': 'steps',
  'agent.session.output': 'lines',
  'agent.access.recorded': 'access',
}

interface Told {
  readonly org: string
  readonly agent: string
  readonly session: string | null
  readonly type: string
  readonly channel: string | null
  readonly instance: string | null
  readonly step: number | null
  readonly time: bigint
}

/** Brings back what the telemetry of the last days, as it was stored, told of sessions, channels and sequences. */
export async function restoreSessions(
  warehouse: Warehouse,
  memory: Memory,
  mappings: readonly AgentMapping[],
  since: Date,
): Promise<void> {
  const { rows } = await warehouse.query(
    `SELECT org_id, source, subject, type, cast(data AS json) ->> 'channel', cast(data AS json) ->> 'instance',
       max(cast(cast(data AS json) ->> 'step' AS bigint)), max(time)
     FROM ${EVENTS} WHERE source LIKE '/telemetry/%' AND received_at >= cast($1 AS timestamp)
     GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY max(time)`,
    [timestamp(since)],
  )
  for (const row of rows) bringBack(toldOf(row), memory, mappings)
}

function bringBack(told: Told, memory: Memory, mappings: readonly AgentMapping[]): void {
  const { org, agent, session, type, channel, time } = told
  const mapping = mappings.find((each) => each.agent.value === agent) ?? mappings.find((each) => each.agent.from)
  const topic = TOPICS[type]
  const rank = topic && channel !== null ? (mapping?.channels[topic]?.indexOf(channel) ?? -1) : -1
  if (topic && rank >= 0) {
    memory.claims.restore(claimKey(org, agent, { topic, instance: told.instance ?? session ?? '' }), rank, time)
  }
  if (session === null) return
  const key = sessionKey(org, agent, session)
  if (type === 'agent.session.started') memory.sessions.set(key, true)
  if (told.step !== null && mapping?.sequence !== undefined) memory.sequences.note(key, told.step, time, 0)
}

function toldOf([org, source, session, type, channel, instance, step, time]: readonly unknown[]): Told {
  return {
    org: String(org),
    agent: decodeURIComponent(String(source).slice('/telemetry/'.length)),
    session: textOrNull(session),
    type: String(type),
    channel: textOrNull(channel),
    instance: textOrNull(instance),
    step: step === null ? null : Number(step),
    time: BigInt(Date.parse(String(time))) * 1_000_000n,
  }
}

/** Brings back the last points of an organisation's cumulative series that were stored since. */
export async function restoreSeries(warehouse: Warehouse, memory: Memory, org: string, since: Date): Promise<void> {
  const { rows } = await warehouse.query(
    `SELECT data FROM ${EVENTS}
     WHERE org_id = $1 AND source LIKE '/telemetry/%' AND received_at >= cast($2 AS timestamp) AND data LIKE $3
     ORDER BY time`,
    [org, timestamp(since), '%"series":{%'],
  )
  for (const [data] of rows) {
    const { series } = JSON.parse(String(data))
    for (const [key, [start, time, value, count]] of Object.entries(
      series as Record<string, [string, string, number, number]>,
    )) {
      const known = memory.series.get(seriesKey(org, key))
      if (known === undefined || known.time < BigInt(time)) {
        memory.series.set(seriesKey(org, key), { start: BigInt(start), time: BigInt(time), value, count })
      }
    }
  }
}

const timestamp = (date: Date) => date.toISOString().replace('T', ' ').replace('Z', '')
const textOrNull = (value: unknown) => (typeof value === 'string' ? value : null)
