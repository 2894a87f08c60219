import { BoundedMap } from './bounded-map.ts'

const MAX_MISSING = 10_000

interface Sequence {
  readonly highest: number
  readonly time: bigint
  /** Numbers that were skipped, with when that was noticed in milliseconds. */
  readonly missing: Map<number, number>
}

export interface Gap {
  readonly key: string
  readonly numbers: readonly number[]
  /** When it was noticed first, in milliseconds. */
  readonly time: number
}

export interface Sequences {
  note(key: string, number: number, time: bigint, now: number): void
  /** Numbers that did not come within the grace period. */
  due(now: number): readonly Gap[]
  /** What was told is not due again. */
  told(gap: Gap): void
}

/** Watches numbers that should come without gaps but may come out of order. */
export function createSequences(graceMs: number, limit = 100_000): Sequences {
  const sequences = new BoundedMap<string, Sequence>(limit)
  const waiting = new Set<string>()
  return {
    note(key, number, time, now) {
      const known = sequences.get(key)
      if (known === undefined || isRestart(known, number, time)) {
        waiting.delete(key)
        sequences.set(key, { highest: number, time, missing: new Map() })
        return
      }
      const { missing } = known
      missing.delete(number)
      for (let skipped = known.highest + 1; skipped < number && missing.size < MAX_MISSING; skipped += 1) {
        missing.set(skipped, now)
      }
      if (missing.size > 0) waiting.add(key)
      else waiting.delete(key)
      sequences.set(key, { highest: Math.max(known.highest, number), time: later(time, known.time), missing })
    },
    due(now) {
      return [...waiting].flatMap((key) => {
        const late = [...(sequences.get(key)?.missing ?? [])].filter(([, since]) => now - since >= graceMs)
        if (late.length === 0) return []
        return [{ key, numbers: late.map(([number]) => number), time: Math.min(...late.map(([, since]) => since)) }]
      })
    },
    told({ key, numbers }) {
      const missing = sequences.get(key)?.missing
      for (const number of numbers) missing?.delete(number)
      if (missing === undefined || missing.size === 0) waiting.delete(key)
    },
  }
}

/** The same session in a new process starts counting again: a lower number that is later and was not missed. */
function isRestart({ highest, time: last, missing }: Sequence, number: number, time: bigint): boolean {
  return number < highest && !missing.has(number) && time > last
}

const later = (a: bigint, b: bigint) => (a > b ? a : b)
