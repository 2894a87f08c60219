import { describe, expect, it } from 'vitest'
import { createClaims } from '../runtime/ingest/telemetry/memory/claims.ts'
import { createSequences } from '../runtime/ingest/telemetry/memory/sequences.ts'
import { difference, stateOf } from '../runtime/ingest/telemetry/memory/series.ts'
import type { MetricPoint } from '../runtime/ingest/telemetry/otlp/index.ts'

describe('channels that tell the same', () => {
  it('count once: the first to speak', () => {
    const claims = createClaims()
    expect(claims.counts('s', 1, 10n)).toBe(true)
    expect(claims.counts('s', 2, 11n)).toBe(false)
    expect(claims.counts('s', 1, 12n)).toBe(true)
    expect(claims.counts('other', 2, 11n)).toBe(true)
  })

  it('give way to one with more detail from where they had come to', () => {
    const claims = createClaims()
    expect(claims.counts('s', 2, 60n)).toBe(true)
    expect(claims.counts('s', 0, 30n)).toBe(false)
    expect(claims.counts('s', 0, 61n)).toBe(true)
    expect(claims.counts('s', 0, 59n)).toBe(false)
    expect(claims.counts('s', 2, 120n)).toBe(false)
  })

  it('are restored in any order', () => {
    for (const order of [
      [2, 60n, 0, 90n],
      [0, 90n, 2, 60n],
    ] as const) {
      const claims = createClaims()
      claims.restore('s', order[0], order[1])
      claims.restore('s', order[2], order[3])
      expect(claims.counts('s', 2, 120n)).toBe(false)
      expect(claims.counts('s', 0, 60n)).toBe(false)
      expect(claims.counts('s', 0, 61n)).toBe(true)
    }
  })
})

describe('numbers of events', () => {
  const MINUTE = 60_000
  const watch = (...numbers: readonly number[]) => {
    const sequences = createSequences(MINUTE)
    for (const [index, number] of numbers.entries()) sequences.note('s', number, BigInt(index), 0)
    return sequences.due(MINUTE).map(({ numbers: missing }) => missing)
  }

  it('without a gap are no news', () => {
    expect(watch(4, 5, 6, 7)).toEqual([])
    expect(watch(4, 6, 5, 7)).toEqual([])
    expect(watch(4, 5, 5, 4)).toEqual([])
  })

  it('that are missing are due after the grace period, and told once', () => {
    const sequences = createSequences(MINUTE)
    sequences.note('s', 1, 1n, 0)
    sequences.note('s', 5, 2n, 1000)
    expect(sequences.due(MINUTE)).toEqual([])
    const [gap] = sequences.due(MINUTE + 1000)
    expect(gap?.numbers).toEqual([2, 3, 4])
    if (gap) sequences.told(gap)
    expect(sequences.due(10 * MINUTE)).toEqual([])
  })

  it('start again with a new process of the same session', () => {
    expect(watch(8, 9, 0, 1, 2)).toEqual([])
    expect(watch(8, 9, 0, 2)).toEqual([[1]])
  })

  it('that leap do not fill the memory', () => {
    const [missing] = watch(1, Number.MAX_SAFE_INTEGER)
    expect(missing?.length).toBe(10_000)
  })
})

describe('a cumulative series', () => {
  const point = (start: number, time: number, value: number, count = 0): MetricPoint => ({
    signal: 'metrics',
    resource: {},
    scope: '',
    name: 'tokens',
    unit: '',
    attributes: {},
    temporality: 'cumulative',
    start: BigInt(start),
    time: BigInt(time),
    value,
    count,
  })
  const gain = (last: MetricPoint, next: MetricPoint) => difference(next, stateOf(last))?.value ?? null

  it('counts in full from its start, and by differences then', () => {
    expect(difference(point(1, 2, 100), undefined)?.value).toBe(100)
    expect(gain(point(1, 2, 100), point(1, 3, 150))).toBe(50)
  })

  it('adds nothing twice: the same point, an older one, or one without change', () => {
    expect(gain(point(1, 3, 150), point(1, 3, 150))).toBeNull()
    expect(gain(point(1, 3, 150), point(1, 2, 100))).toBeNull()
    expect(gain(point(1, 3, 150), point(1, 4, 150))).toBeNull()
  })

  it('counts in full again after a reset, whether told by its start or by a lower value', () => {
    expect(gain(point(1, 3, 150), point(4, 5, 200))).toBe(200)
    expect(gain(point(1, 3, 150), point(1, 5, 30))).toBe(30)
  })

  it('of which the beginning is not known only sets the mark', () => {
    expect(difference(point(0, 2, 100), undefined)).toBeNull()
    expect(gain(point(0, 2, 100), point(0, 3, 110))).toBe(10)
  })

  it('does not add up the errors of binary fractions', () => {
    expect(gain(point(1, 2, 0.1), point(1, 3, 0.3))).toBe(0.2)
  })
})
