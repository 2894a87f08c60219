import type { QueryDefinition } from '../../definitions/index.ts'
import { fromMillis, toMillis, utcToLocal } from '../../semantic/index.ts'
import { formatValue } from '../format-value.ts'
import { ask, type Check, type Finding, type Labels, type Row, type Setting } from './check.ts'
import { currentPeriod, labelOf, periodsBetween, rangeOf, shift } from './periods.ts'
import { keyOf, labelsOf, numberOf } from './series.ts'

export interface BudgetOptions {
  readonly budget: string | number
  readonly period: 'month' | 'quarter' | 'year'
  readonly at: readonly number[]
  readonly forecast: boolean
  readonly limit: boolean
  readonly severity: 'info' | 'warning' | 'critical'
}

/** Days before today from which the forecast knows how much a weekday costs. */
const LEARNT = 28

/** Spend reaches parts of a budget, each once a period. */
export function budgetCheck(setting: Setting, options: BudgetOptions): Check {
  const { clock, metric } = setting
  const budgetMetric = typeof options.budget === 'string' ? options.budget : undefined
  const parts = [...options.at].sort((a, b) => a - b)
  return {
    words: `${metric.label} reaches ${parts.join(', ')} % of ${budgetMetric ?? formatValue(metric.format, Number(options.budget))} in a ${options.period}${options.forecast ? ', or is forecast to' : ''}`,
    question: (now): QueryDefinition => {
      const start = currentPeriod(now, options.period, clock)
      const today = currentPeriod(now, 'day', clock)
      const first = options.forecast ? earlier(start, shift(today, { count: -LEARNT, unit: 'day' })) : start
      const last = shift(shift(start, { count: 1, unit: options.period }), { count: -1, unit: 'day' })
      const metrics = [metric.name, ...(budgetMetric === undefined ? [] : [budgetMetric])]
      return ask(setting, { metrics, grain: 'day', ...rangeOf(first, last, 'day') })
    },
    judge: (rows, now) =>
      spendings(setting, options, rows, now).flatMap((spending) => {
        const found = parts.map((part) => reached(setting, options, spending, part))
        const foretold = options.forecast ? [forecast(setting, options, spending)] : []
        return spending.budget > 0 ? [...found, ...foretold] : []
      }),
  }
}

const earlier = (a: string, b: string) => (a < b ? a : b)

interface Spending {
  readonly labels: Labels
  readonly period: string
  readonly spent: number
  readonly budget: number
  readonly expected: number
}

function spendings(
  { by, clock, metric }: Setting,
  options: BudgetOptions,
  rows: readonly Row[],
  now: number,
): readonly Spending[] {
  const start = currentPeriod(now, options.period, clock)
  const groups = new Map<string, Row[]>()
  if (by.length === 0) groups.set('{}', [...rows])
  else
    for (const row of rows) {
      const key = keyOf(labelsOf(row, by))
      groups.set(key, [...(groups.get(key) ?? []), row])
    }
  return [...groups.values()].map((all) => {
    const inPeriod = all.filter(({ time }) => String(time) >= labelOf(start, 'day'))
    const sum = (name: string) => inPeriod.reduce((total, row) => total + (numberOf(row[name]) ?? 0), 0)
    const spent = sum(metric.name)
    const budget = typeof options.budget === 'number' ? options.budget : sum(options.budget)
    const rest = options.forecast ? foretellRest(all, metric.name, start, options.period, now, clock) : 0
    return {
      labels: labelsOf(all[0] ?? {}, by),
      period: labelOf(start, options.period),
      spent,
      budget,
      expected: spent + rest,
    }
  })
}

/** What the rest of the period costs when each weekday costs what it did in the last four weeks. */
function foretellRest(
  rows: readonly Row[],
  metric: string,
  start: string,
  period: BudgetOptions['period'],
  now: number,
  clock: Setting['clock'],
): number {
  const today = currentPeriod(now, 'day', clock)
  const from = labelOf(shift(today, { count: -LEARNT, unit: 'day' }), 'day')
  const known = new Map(rows.map((row) => [String(row.time), numberOf(row[metric]) ?? 0]))
  const seen = [...known]
    .filter(([day, value]) => day >= from && day < labelOf(today, 'day') && value !== 0)
    .map(([day]) => day)
  const begun = seen.sort()[0]
  if (begun === undefined) return 0
  const days = periodsBetween(`${begun}T00:00:00.000`, shift(today, { count: -1, unit: 'day' }), 'day')
  const weekday = (day: string) => new Date(toMillis(day)).getUTCDay()
  const mean = (of: readonly string[]) =>
    of.reduce((sum, day) => sum + (known.get(labelOf(day, 'day')) ?? 0), 0) / Math.max(1, of.length)
  const costs = Array.from({ length: 7 }, (_, index) => {
    const same = days.filter((day) => weekday(day) === index)
    return same.length > 0 ? mean(same) : mean(days)
  })
  const last = shift(shift(start, { count: 1, unit: period }), { count: -1, unit: 'day' })
  const coming = periodsBetween(shift(today, { count: 1, unit: 'day' }), last, 'day')
  const restOfToday =
    Math.max(0, (costs[weekday(today)] ?? 0) - (known.get(labelOf(today, 'day')) ?? 0)) * (1 - shareOfDay(now, clock))
  return restOfToday + coming.reduce((sum, day) => sum + (costs[weekday(day)] ?? 0), 0)
}

const shareOfDay = (now: number, { timezone }: Setting['clock']) =>
  (toMillis(utcToLocal(fromMillis(now), timezone)) % 86_400_000) / 86_400_000

function reached({ metric }: Setting, options: BudgetOptions, spending: Spending, part: number): Finding {
  const { budget, labels, period, spent } = spending
  const share = spent / budget
  const met = share * 100 >= part
  const show = (value: number) => formatValue(metric.format, value)
  const text = `${metric.label} reached ${Math.round(share * 100)} % of the budget: ${show(spent)} of ${show(budget)} in the ${options.period} from ${period}.`
  const data = { labels, period, spent, budget, share }
  return {
    labels: { ...labels, part: `${part} %` },
    value: share,
    outcome: { kind: met ? 'met' : 'not_met', latch: period },
    severity: severityAt(part, options.severity),
    detail: {
      text,
      period,
      fields: [
        { label: 'Spent', value: show(spent) },
        { label: 'Budget', value: show(budget) },
      ],
      ...(options.limit && part >= 100 && { event: { type: 'budget.limit.reached', data } }),
    },
  }
}

function forecast(
  { metric }: Setting,
  options: BudgetOptions,
  { budget, expected, labels, period, spent }: Spending,
): Finding {
  const show = (value: number) => formatValue(metric.format, value)
  const text = `${metric.label} is expected to be ${show(expected)} at the end of the ${options.period}, ${Math.round((expected / budget) * 100)} % of the budget of ${show(budget)}; ${show(spent)} are spent.`
  return {
    labels: { ...labels, part: 'forecast' },
    value: expected / budget,
    outcome: { kind: expected > budget ? 'met' : 'not_met', latch: period },
    severity: severityAt(80, options.severity),
    detail: {
      text,
      period,
      fields: [
        { label: 'Forecast', value: show(expected) },
        { label: 'Budget', value: show(budget) },
      ],
    },
  }
}

/** Half of a budget is news, all of it is critical. */
function severityAt(part: number, severity: BudgetOptions['severity']): BudgetOptions['severity'] {
  if (part >= 100) return 'critical'
  return part < 80 ? 'info' : severity
}
