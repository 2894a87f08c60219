import { BoundedMap } from './bounded-map.ts'

interface Claim {
  readonly rank: number
  /** Everything up to this time was counted, in nanoseconds. */
  readonly until: bigint
}

export interface Claims {
  /** Whether what a channel tells at this time is counted. `key` names what several channels tell of. */
  counts(key: string, rank: number, time: bigint): boolean
  restore(key: string, rank: number, until: bigint): void
}

/**
 * Agents tell the same usage by several channels: log events, metrics, spans. One counts: the first to speak, until
 * one with more detail (a lower rank) does; that one then counts from where the other had come to.
 */
export function createClaims(limit = 100_000): Claims {
  const claims = new BoundedMap<string, Claim>(limit)
  return {
    counts(key, rank, time) {
      const claim = claims.get(key)
      if (claim === undefined || claim.rank === rank) {
        claims.set(key, { rank, until: claim && claim.until > time ? claim.until : time })
        return true
      }
      if (rank > claim.rank || time <= claim.until) return false
      claims.set(key, { rank, until: time })
      return true
    },
    restore(key, rank, until) {
      const claim = claims.get(key)
      if (claim === undefined || rank < claim.rank) claims.set(key, { rank, until })
      else if (claim.rank === rank && claim.until < until) claims.set(key, { rank, until })
    },
  }
}
