import { formatValue } from '../format-value.ts'
import type { Backtest } from './backtest.ts'
import { type ChartSeries, chartSeries } from './chart-series.ts'

const WIDTH = 960
const LEFT = 80
const HEIGHT = 150
const GAP = 46
const HEAD = 84

/** A backtest as a picture: values, the range that was expected, and when it fired. */
export function svgChart(test: Backtest): string {
  const { left, shown } = chartSeries(test)
  const height = HEAD + Math.max(1, shown.length) * (HEIGHT + GAP) + 30
  const panels = shown.map((series, index) => panel(test, series, HEAD + index * (HEIGHT + GAP)))
  const more = left > 0 ? text(LEFT, height - 10, `… and ${left} more instances`, 12, '#6b7280') : ''
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="sans-serif" role="img">`,
    `<title>${escaped(test.title)}</title><rect width="100%" height="100%" fill="#ffffff"/>`,
    text(20, 28, `${test.title}${test.org === null ? '' : ` · ${test.org}`}`, 18, '#111827'),
    text(
      20,
      50,
      `${test.condition} · ${dayOf(test.from)} to ${dayOf(test.to)} · fired ${test.episodes.length} times`,
      12,
      '#6b7280',
    ),
    ...panels,
    shown.length === 0 ? text(20, HEAD + 30, 'No instance was seen in this range.', 14, '#6b7280') : '',
    more,
    '</svg>',
  ].join('\n')
}

function panel(test: Backtest, { episodes, name, samples }: ChartSeries, top: number): string {
  const values = samples.flatMap(({ expected, value }) => [...(value === null ? [] : [value]), ...(expected ?? [])])
  const [low, high] = [Math.min(0, ...values), Math.max(...values, Number.MIN_VALUE)]
  const [from, to] = [test.from.getTime(), test.to.getTime()]
  const x = (at: number) => round(LEFT + ((at - from) / Math.max(1, to - from)) * (WIDTH - LEFT - 20))
  const y = (value: number) => round(top + HEIGHT - ((value - low) / (high - low || 1)) * HEIGHT)
  const line = samples.flatMap(({ at, value }) => (value === null ? [] : [`${x(at)},${y(value)}`])).join(' ')
  const known = samples.filter(({ expected }) => expected !== null)
  const edge = (index: 0 | 1) => known.map(({ at, expected }) => `${x(at)},${y(expected?.[index] ?? 0)}`)
  const band =
    known.length > 1 ? `<polygon points="${[...edge(1), ...edge(0).reverse()].join(' ')}" fill="#dbeafe"/>` : ''
  const fired = episodes.map((episode) => {
    const [start, end] = [x(episode.from.getTime()), x(episode.to?.getTime() ?? to)]
    return `<rect x="${start}" y="${top}" width="${Math.max(2, round(end - start))}" height="${HEIGHT}" fill="#fecaca"><title>${escaped(episode.why)}</title></rect>`
  })
  return [
    text(LEFT, top - 8, name === '' ? test.title : name, 13, '#111827'),
    `<rect x="${LEFT}" y="${top}" width="${WIDTH - LEFT - 20}" height="${HEIGHT}" fill="#f9fafb" stroke="#e5e7eb"/>`,
    ...fired,
    band,
    `<polyline points="${line}" fill="none" stroke="#1d4ed8" stroke-width="1.5"/>`,
    text(LEFT - 8, top + 10, formatValue(test.format, high), 11, '#6b7280', 'end'),
    text(LEFT - 8, top + HEIGHT, formatValue(test.format, low), 11, '#6b7280', 'end'),
    text(LEFT, top + HEIGHT + 15, dayOf(test.from), 11, '#6b7280'),
    text(WIDTH - 20, top + HEIGHT + 15, dayOf(test.to), 11, '#6b7280', 'end'),
  ].join('\n')
}

const round = (value: number) => Math.round(value * 10) / 10
const dayOf = (date: Date) => date.toISOString().slice(0, 16).replace('T', ' ')
const escaped = (value: string) =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const text = (x: number, y: number, value: string, size: number, color: string, anchor = 'start') =>
  `<text x="${x}" y="${y}" font-size="${size}" fill="${color}" text-anchor="${anchor}">${escaped(value)}</text>`

/** The picture in a page, with the episodes below it. */
export function chartPage(tests: readonly Backtest[]): string {
  const sections = tests.map((test) => `<section>${svgChart(test)}${episodeTable(test)}</section>`)
  const [first] = tests
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Backtest of ${escaped(first?.title ?? '')}</title><style>
body{font:14px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:960px;color:#111827}svg{max-width:100%;height:auto}
table{border-collapse:collapse;width:100%;margin:1rem 0 3rem}th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid #e5e7eb;vertical-align:top}
</style></head><body>
${sections.join('\n')}
</body></html>
`
}

function episodeTable({ episodes }: Backtest): string {
  if (episodes.length === 0) return '<p>It would not have fired.</p>'
  const rows = episodes.map(({ from, labels, to, why }) => {
    const name = Object.values(labels).join(', ') || '—'
    return `<tr><td>${dayOf(from)}</td><td>${to === null ? 'still firing' : dayOf(to)}</td><td>${escaped(name)}</td><td>${escaped(why)}</td></tr>`
  })
  return `<table><thead><tr><th>From</th><th>To</th><th>Instance</th><th>Why</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
}
