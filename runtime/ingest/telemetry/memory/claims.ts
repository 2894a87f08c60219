import { BoundedMap } from './bounded-map.ts'

interface Claim {
  readonly rank: number
  /** Everything up to this time was counted, in nanoseconds. */
  readonly until: bigint
  /** Up to here another channel had counted. */
  readonly from: bigint
}

export interface Claims {
  /** Whether what a channel tells at this time is counted. `key` names what several channels tell of. */
  counts(key: string, rank: number, time: bigint): boolean
  /** That a channel was counted up to a time. */
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
      if (claim === undefined) claims.set(key, { rank, until: time, from: -1n })
      else if (rank > claim.rank || time <= (rank === claim.rank ? claim.from : claim.until)) return false
      else if (rank === claim.rank) claims.set(key, { ...claim, until: later(claim.until, time) })
      else claims.set(key, { rank, until: time, from: claim.until })
      return true
    },
    restore(key, rank, until) {
      const claim = claims.get(key)
      if (claim === undefined) claims.set(key, { rank, until, from: -1n })
      else if (rank === claim.rank) claims.set(key, { ...claim, until: later(claim.until, until) })
      else if (rank < claim.rank) claims.set(key, { rank, until, from: claim.until })
      else claims.set(key, { ...claim, from: later(claim.from, until) })
    },
  }
}

const later = (a: bigint, b: bigint) => (a > b ? a : b)
