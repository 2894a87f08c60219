import type { CanonicalEvent } from './event.ts'

/** What became of an event, by its position in the list that was handed over. */
export interface SinkResult {
  readonly position: number
  readonly status: 'accepted' | 'duplicate' | 'rejected'
  readonly reason?: string
}

/** Takes events durably; fails as a whole where nothing was taken. */
export type Sink = (org: string, events: readonly CanonicalEvent[]) => Promise<readonly SinkResult[]>
