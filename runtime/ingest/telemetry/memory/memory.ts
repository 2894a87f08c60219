import type { Counted } from '../mapping/index.ts'
import { BoundedMap } from './bounded-map.ts'
import { type Claims, createClaims } from './claims.ts'
import { createSequences, type Sequences } from './sequences.ts'
import { createSeries, type SeriesMap } from './series.ts'

/** What must be known of earlier telemetry to understand the next. It is restored from the events that were stored. */
export interface Memory {
  /** Sessions whose start was told. */
  readonly sessions: Map<string, true>
  readonly claims: Claims
  readonly sequences: Sequences
  readonly series: SeriesMap
}

const SESSIONS = 200_000

export function createMemory(gapGraceMs: number): Memory {
  return {
    sessions: new BoundedMap(SESSIONS),
    claims: createClaims(),
    sequences: createSequences(gapGraceMs),
    series: createSeries(),
  }
}

export const sessionKey = (org: string, agent: string, session: string) => JSON.stringify([org, agent, session])

export const claimKey = (org: string, agent: string, { topic, instance }: Pick<Counted, 'topic' | 'instance'>) =>
  JSON.stringify([org, agent, topic, instance])

export const seriesKey = (org: string, series: string) => `${org}\n${series}`
