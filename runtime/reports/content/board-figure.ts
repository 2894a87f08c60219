import type { Metric } from '../../compiler/index.ts'
import type { QueryAnswer } from '../../semantic/index.ts'
import type { Chart } from '../charts/index.ts'
import { formatting, labelOf, stateOf } from './figures.ts'

const STATES = ['good', 'warn', 'bad'] as const
const TITLES = { good: 'Good', warn: 'Needs work', bad: 'Poor' } as const

/** Values of a dimension by how they stand against the thresholds of the metric, the worst of a column first. */
export function boardFigure(title: string, answer: QueryAnswer, by: string, metric: Metric | undefined): Chart | null {
  if (metric === undefined || metric.thresholds === null || metric.direction === 'neutral') return null
  const sign = metric.direction === 'down' ? -1 : 1
  const cards = answer.rows.flatMap((row) => {
    const value = row[metric.name]
    return typeof value === 'number' ? [{ label: labelOf(row[by]), value }] : []
  })
  const columns = STATES.map((state) => ({
    ...{ state, title: TITLES[state], limit: limitOf(state, metric, metric.thresholds) },
    cards: cards
      .filter(({ value }) => stateOf(value, metric) === state)
      .sort((a, b) => (a.value - b.value) * sign || a.label.localeCompare(b.label)),
  }))
  return { kind: 'board', title, format: formatting(metric.format), columns }
}

function limitOf(
  state: (typeof STATES)[number],
  { direction, format }: Metric,
  thresholds: Metric['thresholds'],
): string {
  if (thresholds === null) return ''
  const [good, warn] = [formatting(format)(thresholds.good), formatting(format)(thresholds.warn)]
  const up = direction !== 'down'
  if (state === 'good') return up ? `${good} or more` : `${good} or less`
  if (state === 'warn') return up ? `${warn} to ${good}` : `${good} to ${warn}`
  return up ? `below ${warn}` : `above ${warn}`
}
