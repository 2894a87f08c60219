import type { Grain } from '../../definitions/index.ts'
import { millisOf, wordsOf } from '../duration.ts'
import { formatValue } from '../format-value.ts'
import type { Outcome } from '../machine/index.ts'
import { ask, type Check, type Detail, type Finding, NO_DATA, type Setting } from './check.ts'
import { labelOf, lastPeriod, nameOfPeriod, rangeOf, shift, spanOf } from './periods.ts'
import { isAdditive, numberOf, type Series, seriesOf } from './series.ts'

export interface Limits {
  readonly above?: number
  readonly below?: number
  readonly outside?: readonly number[]
}

export interface ThresholdOptions {
  readonly limits: Limits
  /** Relative change against the period this long before. */
  readonly comparedTo?: string
  readonly grain?: Grain
  readonly window?: string
}

/** Periods before the last one in which an instance must have been seen to be missed. */
const LOOK_BACK = { hour: 24, day: 7, week: 4, month: 3, quarter: 2, year: 1 } as const

/** A metric passes a limit: in the last complete period, or within a window before now. */
export function thresholdCheck(setting: Setting, options: ThresholdOptions): Check {
  return options.grain === undefined ? windowCheck(setting, options) : periodCheck(setting, options, options.grain)
}

function periodCheck(setting: Setting, options: ThresholdOptions, grain: Grain): Check {
  const { clock, delay, metric } = setting
  const { comparedTo, limits } = options
  const earlier = comparedTo === undefined ? undefined : spanOf(comparedTo)
  const seesAbsence = limits.above === undefined && isAdditive(metric) && setting.by.length > 0
  const first = (last: string) => {
    if (earlier !== undefined) return shift(last, { ...earlier, count: -earlier.count })
    return seesAbsence ? shift(last, { count: -LOOK_BACK[grain], unit: grain }) : last
  }
  return {
    words: `${metric.label} ${limitWords(setting, options)} in ${grain === 'hour' ? 'an' : 'a'} ${grain}${earlier === undefined ? '' : `, against ${comparedTo} before`}`,
    question: (now) => {
      const last = lastPeriod(now, grain, clock, delay)
      return ask(setting, { metrics: [metric.name], grain, ...rangeOf(first(last), last, grain) })
    },
    judge: (rows, now) => {
      const last = lastPeriod(now, grain, clock, delay)
      const label = labelOf(last, grain)
      const before = earlier === undefined ? undefined : labelOf(first(last), grain)
      return seriesOf(rows, setting.by, metric.name).map((series) => {
        const finding = judge(setting, options, series, label, before, nameOfPeriod(last, grain))
        return { ...finding, detail: { ...finding.detail, period: label } }
      })
    },
  }
}

function windowCheck(setting: Setting, options: ThresholdOptions): Check {
  const { delay, metric } = setting
  const span = millisOf(options.window ?? '1h')
  const range = (now: number) => {
    const end = Math.floor((now - delay) / 60_000) * 60_000
    return { from: new Date(end - span).toISOString(), to: new Date(end - 1).toISOString() }
  }
  return {
    words: `${metric.label} ${limitWords(setting, options)} within ${wordsOf(span)}`,
    question: (now) => ask(setting, { metrics: [metric.name], ...range(now) }),
    judge: (rows) =>
      seriesOf(rows, setting.by, metric.name).map((series) =>
        judge(setting, options, series, '', undefined, `the last ${wordsOf(span)}`),
      ),
  }
}

function judge(
  setting: Setting,
  { comparedTo, limits }: ThresholdOptions,
  { labels, values }: Series,
  label: string,
  before: string | undefined,
  period: string,
): Finding {
  const { metric } = setting
  const value = values.get(label) ?? (isAdditive(metric) ? 0 : null)
  const shown = `${metric.label} was ${formatValue(metric.format, value)} in ${period}`
  if (before === undefined)
    return finding(labels, value, value, limits, `${shown}; the limit is ${limitWords(setting, { limits })}.`)
  const earlier = values.get(before) ?? null
  const change = value === null || earlier === null || earlier === 0 ? null : (value - earlier) / Math.abs(earlier)
  const compared = `${formatValue(metric.format, earlier)} ${comparedTo} before`
  const moved = change === null ? '' : ` (${percent(change)})`
  return finding(
    labels,
    value,
    change,
    limits,
    `${shown}, after ${compared}${moved}; the limit is a change ${limitWords(setting, { limits, comparedTo: '' })}.`,
  )
}

function finding(
  labels: Finding['labels'],
  value: number | null,
  judged: number | null,
  limits: Limits,
  text: string,
): Finding {
  const detail: Detail = { text }
  return { labels, value, detail, outcome: judged === null ? NO_DATA : outcomeOf(isMet(judged, limits)) }
}

export const outcomeOf = (met: boolean): Outcome => ({ kind: met ? 'met' : 'not_met' })

function isMet(value: number, { above, below, outside }: Limits): boolean {
  if (above !== undefined) return value > above
  if (below !== undefined) return value < below
  return outside !== undefined && (value < (outside[0] ?? 0) || value > (outside[1] ?? 0))
}

function limitWords(
  { metric }: Setting,
  { comparedTo, limits }: Pick<ThresholdOptions, 'comparedTo' | 'limits'>,
): string {
  const show = (value: number) => (comparedTo === undefined ? formatValue(metric.format, value) : percent(value))
  const { above, below, outside } = limits
  const changes = comparedTo === undefined ? '' : comparedTo === '' ? '' : 'changed by '
  if (above !== undefined) return `${changes}above ${show(above)}`
  if (below !== undefined) return `${changes}below ${show(below)}`
  return `${changes}outside ${show(outside?.[0] ?? 0)} to ${show(outside?.[1] ?? 0)}`
}

const percent = (value: number) => `${value > 0 ? '+' : ''}${numberOf((value * 100).toFixed(1))} %`
