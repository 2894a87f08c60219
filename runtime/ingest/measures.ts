import type { ItemResult } from './accept/item.ts'

/** What became of the events of one way in, such as http, otlp, kafka or file. */
export interface WayFigures {
  readonly way: string
  readonly accepted: number
  readonly duplicates: number
  readonly rejected: number
  /** Rejected since another event has their id. */
  readonly quarantined: number
}

type Counts = { -readonly [Key in keyof Omit<WayFigures, 'way'>]: number }

export interface Ways {
  count(origin: string, results: readonly ItemResult[]): void
  figures(): readonly WayFigures[]
}

export function createWays(): Ways {
  const ways = new Map<string, Counts>()
  return {
    count: (origin, results) => {
      const way = wayOf(origin)
      const counts = ways.get(way) ?? { accepted: 0, duplicates: 0, rejected: 0, quarantined: 0 }
      ways.set(way, counts)
      for (const result of results) {
        if (result.status === 'rejected') counts[result.code === 'AM7005' ? 'quarantined' : 'rejected']++
        else counts[result.status === 'accepted' ? 'accepted' : 'duplicates']++
      }
    },
    figures: () => [...ways].map(([way, counts]) => ({ way, ...counts })),
  }
}

/** Files and topics are many; what they are is enough. */
const wayOf = (origin: string) => (/^(\/|[A-Za-z]:\\)/.test(origin) ? 'file' : (origin.split(/[:/]/)[0] ?? origin))

/** Times in the shape that Prometheus counts them. */
export interface Durations {
  /** Seconds, and how many took no longer. */
  readonly buckets: readonly (readonly [number, number])[]
  readonly sum: number
  readonly count: number
}

const LIMITS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

export class DurationCounter {
  readonly #counts = LIMITS.map(() => 0)
  #sum = 0
  #count = 0

  add(seconds: number): void {
    this.#sum += seconds
    this.#count++
    for (const [index, limit] of LIMITS.entries()) {
      if (seconds <= limit) this.#counts[index] = (this.#counts[index] ?? 0) + 1
    }
  }

  figures(): Durations {
    return {
      buckets: LIMITS.map((limit, index) => [limit, this.#counts[index] ?? 0] as const),
      sum: this.#sum,
      count: this.#count,
    }
  }
}
