import type { Grain } from '../../definitions/index.ts'
import { toMillis } from '../../semantic/index.ts'
import { createBaseline } from '../detector/index.ts'
import { formatValue } from '../format-value.ts'
import { ask, type Check, type Finding, NO_DATA, type Setting } from './check.ts'
import { labelOf, lastPeriod, nameOfPeriod, periodsBetween, rangeOf, shift, spanOf } from './periods.ts'
import { isAdditive, type Series, seriesOf } from './series.ts'
import { outcomeOf } from './threshold.ts'

export interface AnomalyOptions {
  readonly grain: Grain
  readonly sensitivity: 'low' | 'medium' | 'high'
  readonly direction: 'up' | 'down' | 'both'
  readonly history: string
}

/** How far off a value may be: times the usual error, and times the largest error of late, so that what is often far off is not told each time. */
const ALLOWED = {
  low: { usual: 8, largest: 1.6 },
  medium: { usual: 5, largest: 1.1 },
  high: { usual: 3, largest: 0.7 },
} as const
/** Periods whose errors are remembered. */
const REMEMBERED: Readonly<Record<Grain, number>> = { hour: 336, day: 42, week: 26, month: 24, quarter: 12, year: 10 }
/** Cycles of the calendar, in periods. */
const SEASONS: Readonly<Record<Grain, readonly number[]>> = {
  hour: [24, 168],
  day: [7],
  week: [],
  month: [12],
  quarter: [4],
  year: [],
}
/** Periods that must be known before anything can be unusual. */
const ENOUGH: Readonly<Record<Grain, number>> = { hour: 48, day: 14, week: 8, month: 6, quarter: 6, year: 5 }
/** Periods that may be unusual in a row before they are taken for what is usual from now on. */
const PATIENCE: Readonly<Record<Grain, number>> = { hour: 36, day: 7, week: 4, month: 3, quarter: 2, year: 2 }
const LENGTH: Readonly<Record<Grain, number>> = {
  hour: 3.6e6,
  day: 8.64e7,
  week: 6.048e8,
  month: 2.6298e9,
  quarter: 7.8894e9,
  year: 3.15576e10,
}

/** A metric leaves the range that its own history leads to. */
export function anomalyCheck(setting: Setting, options: AnomalyOptions): Check {
  const { clock, delay, metric } = setting
  const { grain } = options
  const direction = { up: 'unusually high', down: 'unusually low', both: 'unusual' }[options.direction]
  return {
    words: `${metric.label} of ${grain === 'hour' ? 'an' : 'a'} ${grain} is ${direction} (sensitivity ${options.sensitivity})`,
    question: (now) => {
      const last = lastPeriod(now, grain, clock, delay)
      const { count, unit } = spanOf(options.history)
      return ask(setting, {
        metrics: [metric.name],
        grain,
        ...rangeOf(shift(last, { count: -count, unit }), last, grain),
      })
    },
    judge: (rows, now) => {
      const last = lastPeriod(now, grain, clock, delay)
      return seriesOf(rows, setting.by, metric.name).map((series) => judge(setting, options, series, last))
    },
  }
}

function judge(setting: Setting, options: AnomalyOptions, { labels, values }: Series, last: string): Finding {
  const { metric } = setting
  const { grain } = options
  const period = labelOf(last, grain)
  const first = [...values.keys()].sort()[0]
  const value = values.get(period) ?? (isAdditive(metric) && first !== undefined ? 0 : null)
  const verdict =
    value === null || first === undefined ? undefined : watch(options, values, full(first), last, isAdditive(metric))
  const show = (number: number) => formatValue(metric.format, number)
  if (value === null)
    return {
      labels,
      value,
      outcome: NO_DATA,
      detail: { text: `${metric.label} has no value in ${nameOfPeriod(last, grain)}.`, period },
    }
  if (verdict === undefined) {
    const text = `${metric.label} was ${show(value)} in ${nameOfPeriod(last, grain)}; ${ENOUGH[grain]} ${grain}s must be known before it can be called unusual.`
    return { labels, value, outcome: outcomeOf(false), detail: { text, period } }
  }
  const { expected, since } = verdict
  const usual = `${show(expected[0])} to ${show(expected[1])}`
  const began = since === null ? '' : ` It is unusual since ${nameOfPeriod(since, grain)}.`
  return {
    labels,
    value,
    outcome: outcomeOf(since !== null),
    detail: {
      text: `${metric.label} was ${show(value)} in ${nameOfPeriod(last, grain)}; expected were ${usual}.${began}`,
      period,
      expected,
      fields: [
        { label: 'Actual', value: show(value) },
        { label: 'Expected', value: usual },
      ],
    },
  }
}

/** Errors are taken for no smaller than this part of the value: a short history says little of how small they are. */
const trust = (known: number) => 0.02 + 0.7 / known

const full = (label: string) => (label.length === 10 ? `${label}T00:00:00.000` : `${label}.000`)

interface Verdict {
  readonly expected: readonly [number, number]
  /** The first of the unusual periods up to the last one; null where that is usual. */
  readonly since: string | null
}

/** Goes through the history as it came, and says what the last period was expected to be. */
function watch(
  options: AnomalyOptions,
  values: ReadonlyMap<string, number>,
  first: string,
  last: string,
  zeros: boolean,
): Verdict | undefined {
  const { direction, grain } = options
  const baseline = createBaseline(SEASONS[grain])
  const errors = createRecent(REMEMBERED[grain])
  let episode: number[] = []
  let known = 0
  let least = Number.POSITIVE_INFINITY
  let since: string | null = null
  let verdict: Verdict | undefined
  for (const period of periodsBetween(first, last, grain)) {
    const value = values.get(labelOf(period, grain)) ?? (zeros ? 0 : undefined)
    // A gap teaches nothing.
    if (value === undefined) continue
    const slot = Math.round(toMillis(period) / LENGTH[grain])
    const foretold = known >= ENOUGH[grain] ? baseline.expect(slot) : undefined
    let taught = value
    if (foretold !== undefined) {
      const { largest, usual } = ALLOWED[options.sensitivity]
      const spread = Math.max(foretold.spread, trust(known) * Math.abs(foretold.value))
      const off = Math.max(usual * spread, largest * errors.largest())
      // What was never below 0, such as a length, is not expected there.
      const low = least >= 0 ? Math.max(0, foretold.value - off) : foretold.value - off
      const high = foretold.value + off
      const unusual = (direction !== 'down' && value > high) || (direction !== 'up' && value < low)
      since = unusual ? (since ?? period) : null
      verdict = { expected: [low, high], since }
      episode.push(Math.abs(value - foretold.value))
      // What is learned from an episode would make it usual while it lasts.
      if (unusual && episode.length < PATIENCE[grain]) taught = foretold.value
      else {
        for (const error of episode) errors.add(error)
        episode = []
      }
    }
    least = Math.min(least, value)
    baseline.learn(slot, taught)
    known += 1
  }
  return verdict
}

/** The last so many numbers, none below 0. Only those are kept that can still become the largest. */
function createRecent(size: number) {
  const kept: { readonly at: number; readonly value: number }[] = []
  let count = 0
  return {
    add: (value: number) => {
      while ((kept.at(-1)?.value ?? Number.POSITIVE_INFINITY) <= value) kept.pop()
      kept.push({ at: count, value })
      count += 1
      while ((kept[0]?.at ?? count) < count - size) kept.shift()
    },
    largest: () => kept[0]?.value ?? 0,
  }
}
