import type { Data } from '../mapping/index.ts'

/** A canonical event as ingest takes it. */
export interface CanonicalEvent {
  readonly specversion: '1.0'
  readonly id: string
  readonly source: string
  readonly type: string
  readonly subject?: string
  readonly time: string
  readonly datacontenttype: 'application/json'
  readonly data: Data
}

/** Where an agent's telemetry is said to come from; part of an event's identity. */
export const sourceOf = (agent: string): string => `/telemetry/${encodeURIComponent(agent)}`

/** Times of telemetry are nanoseconds. */
export function toTime(nanoseconds: bigint): string {
  return new Date(Number(nanoseconds / 1_000_000n)).toISOString()
}

export function toEvent(
  event: Pick<CanonicalEvent, 'id' | 'source' | 'type' | 'time' | 'data'>,
  subject: string | null,
): CanonicalEvent {
  const { id, source, type, time, data } = event
  return {
    specversion: '1.0',
    id,
    source,
    type,
    ...(subject === null ? {} : { subject }),
    time,
    datacontenttype: 'application/json',
    data,
  }
}
