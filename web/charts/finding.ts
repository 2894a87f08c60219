import { longTime } from '../format/time.ts'
import { formatValue, type MetricFormat } from '../format/value.ts'
import type { Series, TimeSeries } from './series.ts'

/** What a chart shows, in a sentence: the name that screen readers say. */
export function timeFinding(title: string, { buckets, grain, series }: TimeSeries, open: number | null): string {
  const [from, to] = [buckets[0], buckets.at(-1)]
  if (from === undefined || to === undefined || series.length === 0) return `${title}: no data.`
  const span = `${title} from ${longTime(from, grain)} to ${longTime(to, grain)}`
  const told = series.slice(0, 3).map((one) => seriesFinding(one, buckets, grain, open))
  const rest = series.length > 3 ? ` ${series.length - 3} more series.` : ''
  return `${span}. ${told.join(' ')}${rest}`
}

function seriesFinding(
  { label, values, format }: Series,
  buckets: readonly string[],
  grain: TimeSeries['grain'],
  open: number | null,
) {
  const known = values.flatMap((value, index) => (value === null || index === open ? [] : [{ index, value }]))
  const [first, last] = [known[0], known.at(-1)]
  if (first === undefined || last === undefined) return `${label}: no data.`
  const top = known.reduce((best, item) => (item.value > best.value ? item : best))
  const say = (value: number) => formatValue(value, format, 'exact')
  if (known.length === 1) return `${label}: ${say(first.value)}.`
  const trend = last.value > first.value ? 'rises' : last.value < first.value ? 'falls' : 'stays'
  const way =
    trend === 'stays' ? `stays at ${say(last.value)}` : `${trend} from ${say(first.value)} to ${say(last.value)}`
  return `${label} ${way}, highest ${say(top.value)} on ${longTime(buckets[top.index] ?? '', grain)}.`
}

interface Part {
  readonly label: string
  readonly value: number | null
}

/** The biggest of several parts, with its share where they add up to a whole. */
export function partsFinding(
  title: string,
  parts: readonly Part[],
  format: MetricFormat,
  total: number | null,
): string {
  const sorted = parts.filter(({ value }) => value !== null).sort((a, b) => (b.value ?? 0) - (a.value ?? 0))
  const [top, second] = sorted
  if (top === undefined) return `${title}: no data.`
  const share = total === null || total === 0 ? '' : ` (${(((top.value ?? 0) / total) * 100).toFixed(1)}%)`
  const next = second === undefined ? '' : `, then ${second.label} with ${formatValue(second.value, format, 'exact')}`
  return `${title}: ${top.label} is highest with ${formatValue(top.value, format, 'exact')}${share}${next}; ${parts.length} in all.`
}
