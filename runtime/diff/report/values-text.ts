import type { Point } from '../values/compare-values.ts'
import type { MetricValues } from '../values/diff-values.ts'

const BARS = '▁▂▃▄▅▆▇█'
const WIDTH = 24

/** A line for each metric: how many points moved and how far, with a small chart of both versions. */
export function valuesText(values: readonly MetricValues[]): string {
  if (values.length === 0) return 'No metric that both versions have is touched, so no values are compared.'
  return values
    .map((value) => [`${value.metric}  ${movementOf(value)}`, ...chartOf(value), ...largestOf(value)].join('\n'))
    .join('\n\n')
}

export function valuesMarkdown(values: readonly MetricValues[]): string {
  if (values.length === 0) return '#### Values\n\nNo metric that both versions have is touched.\n'
  const rows = values.map((value) => {
    const [first] = value.largest ?? []
    const [before = '', after = ''] = chartOf(value).map((line) => `\`${line.trim().split('  ')[1] ?? ''}\``)
    return `| \`${value.metric}\` | ${movementOf(value)} | ${first === undefined ? '—' : pointText(first)} | ${before} | ${after} |`
  })
  return [
    '#### Values',
    '',
    '| metric | points | greatest change | before | after |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}

function movementOf({ problem, points = 0, moved = 0 }: MetricValues): string {
  if (problem !== undefined) return `cannot be compared: ${problem}`
  return moved === 0 ? `the same at all ${points} points` : `${moved} of ${points} points moved`
}

function largestOf({ largest = [] }: MetricValues): readonly string[] {
  return largest.map((point) => `  ${pointText(point)}`)
}

function pointText({ at, before, after, change }: Point): string {
  const place = Object.values(at).map(String).join(', ')
  const relative = change === null ? '' : ` (${change > 0 ? '+' : ''}${(change * 100).toFixed(1)}%)`
  return `${place === '' ? 'in all' : place}: ${numberText(before)} → ${numberText(after)}${relative}`
}

const numberText = (value: number | null) => (value === null ? '—' : String(Number(value.toPrecision(6))))

/** Both versions over the same points on the same scale. */
function chartOf({ series = [], moved = 0 }: MetricValues): readonly string[] {
  if (series.length < 2 || moved === 0) return []
  const shown = series.slice(-WIDTH)
  const top = Math.max(...shown.flatMap(({ before, after }) => [before ?? 0, after ?? 0]))
  const bar = (value: number | null) =>
    value === null
      ? ' '
      : BARS[Math.max(0, Math.min(BARS.length - 1, Math.round((value / (top || 1)) * (BARS.length - 1))))]
  const line = (name: string, of: (point: Point) => number | null) =>
    `  ${name}  ${shown.map((point) => bar(of(point))).join('')}`
  return [line('before', ({ before }) => before), line('after ', ({ after }) => after)]
}
