import type { ChartSeries, Size, TimeChart } from './chart.ts'
import { GRID, INK, MUTED, OTHER, seriesColor } from './palette.ts'
import { drawing, label, round, shorten, tag, widthOf } from './svg.ts'
import { niceTicks } from './ticks.ts'

interface Plot {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly x: (index: number) => number
  readonly y: (value: number) => number
}

/** Lines, areas or columns over time, with a legend where there is more than one series. */
export function drawTimeChart(chart: TimeChart, size: Size): string {
  const { series, times } = chart
  const layers = chart.stacked
    ? stack(series)
    : series.map(({ values }) => ({ low: values.map(() => 0), high: values }))
  const drawn = layers.flatMap(({ high }) => high).filter((value) => value !== null)
  const ticks = niceTicks(Math.min(0, ...drawn), Math.max(...drawn, drawn.length === 0 ? 1 : Number.NEGATIVE_INFINITY))
  const legend = series.length > 1 ? legendOf(series, size) : { svg: '', height: 0 }
  const plot = plotOf(chart, size, ticks, legend.height)
  const marks = series.map((item, index) => {
    const layer = layers[index] ?? { low: [], high: [] }
    const color = colorOf(item, index)
    if (item.reference === true) return line(layer.high, plot, color, '5 4')
    if (chart.kind === 'columns') return columns(layer, index, chart, plot, color)
    if (chart.kind === 'area') return area(layer, plot, color) + line(layer.high, plot, color)
    return line(layer.high, plot, color)
  })
  return drawing(
    size.width,
    size.height,
    chart.title,
    grid(ticks, chart, plot),
    timeAxis(times, plot),
    ...marks,
    legend.svg,
  )
}

function plotOf(chart: TimeChart, { height, width }: Size, ticks: readonly number[], legend: number): Plot {
  const left = Math.max(...ticks.map((tick) => widthOf(chart.format(tick, true)))) + 12
  const plot = { left, right: width - 14, top: 10, bottom: height - 24 - legend }
  const [low = 0, high = 1] = [ticks[0], ticks.at(-1)]
  const count = chart.times.length
  const step = (plot.right - left) / Math.max(1, chart.kind === 'columns' ? count : count - 1)
  return {
    ...plot,
    x: (index) => left + step * (chart.kind === 'columns' ? index + 0.5 : index),
    y: (value) => plot.bottom - ((value - low) / (high - low || 1)) * (plot.bottom - plot.top),
  }
}

type Layer = { readonly low: readonly number[]; readonly high: readonly (number | null)[] }

function stack(series: readonly ChartSeries[]): readonly Layer[] {
  const floor: number[] = []
  return series.map(({ reference, values }) => {
    if (reference === true) return { low: values.map(() => 0), high: values }
    const low = values.map((_, index) => floor[index] ?? 0)
    const high = values.map((value, index) => (low[index] ?? 0) + (value ?? 0))
    high.forEach((value, index) => {
      floor[index] = value
    })
    return { low, high }
  })
}

const colorOf = ({ other, reference }: ChartSeries, index: number) =>
  reference === true ? MUTED : other === true ? OTHER : seriesColor(index)

const grid = (ticks: readonly number[], chart: TimeChart, plot: Plot) =>
  ticks
    .map(
      (tick) =>
        tag('line', { x1: plot.left, x2: plot.right, y1: plot.y(tick), y2: plot.y(tick), stroke: GRID }) +
        label(plot.left - 6, plot.y(tick) + 4, chart.format(tick, true), { 'text-anchor': 'end', fill: MUTED }),
    )
    .join('')

function timeAxis(times: readonly string[], plot: Plot): string {
  const room = Math.max(...times.map((time) => widthOf(time)), 20) + 14
  const step = Math.max(1, Math.ceil((times.length * room) / (plot.right - plot.left)))
  return times
    .map((time, index) => {
      if (index % step !== 0) return ''
      const anchor = index === 0 ? 'start' : plot.x(index) > plot.right - room / 2 ? 'end' : 'middle'
      return label(plot.x(index), plot.bottom + 16, time, { 'text-anchor': anchor, fill: MUTED })
    })
    .join('')
}

/** Breaks where there is no value; a value alone is a dot. */
function line(values: readonly (number | null)[], plot: Plot, color: string, dash?: string): string {
  const runs = runsOf(values)
  const paths = runs.map((run) => {
    const points = run.map((index) => `${round(plot.x(index))},${round(plot.y(values[index] ?? 0))}`)
    if (points.length > 1)
      return tag('polyline', {
        points: points.join(' '),
        fill: 'none',
        stroke: color,
        'stroke-width': 2,
        'stroke-linejoin': 'round',
        'stroke-dasharray': dash,
      })
    const [index = 0] = run
    return tag('circle', { cx: plot.x(index), cy: plot.y(values[index] ?? 0), r: 2.5, fill: color })
  })
  return paths.join('')
}

function runsOf(values: readonly (number | null)[]): readonly number[][] {
  const runs: number[][] = []
  values.forEach((value, index) => {
    if (value === null) return
    if (index > 0 && values[index - 1] !== null) runs.at(-1)?.push(index)
    else runs.push([index])
  })
  return runs
}

function area({ high, low }: Layer, plot: Plot, color: string): string {
  return runsOf(high)
    .map((run) => {
      const above = run.map((index) => `${round(plot.x(index))},${round(plot.y(high[index] ?? 0))}`)
      const below = [...run].reverse().map((index) => `${round(plot.x(index))},${round(plot.y(low[index] ?? 0))}`)
      return tag('polygon', { points: [...above, ...below].join(' '), fill: color, 'fill-opacity': 0.28 })
    })
    .join('')
}

function columns({ high, low }: Layer, index: number, chart: TimeChart, plot: Plot, color: string): string {
  const groups = chart.stacked ? 1 : chart.series.filter(({ reference }) => reference !== true).length
  const room = ((plot.right - plot.left) / Math.max(1, chart.times.length)) * 0.76
  const width = Math.max(1, room / groups)
  return high
    .map((value, place) => {
      if (value === null) return ''
      const [top, bottom] = [plot.y(Math.max(value, low[place] ?? 0)), plot.y(Math.min(value, low[place] ?? 0))]
      const x = plot.x(place) - room / 2 + (chart.stacked ? 0 : index * width)
      return tag('rect', {
        x,
        y: top,
        width: Math.max(0.8, width - 0.6),
        height: Math.max(0, bottom - top),
        fill: color,
      })
    })
    .join('')
}

function legendOf(series: readonly ChartSeries[], size: Size): { readonly svg: string; readonly height: number } {
  let [x, line] = [8, 0]
  const items = series.map((item, index) => {
    const words = shorten(item.label, 190)
    const room = widthOf(words) + 30
    if (x + room > size.width && x > 8) [x, line] = [8, line + 1]
    const place = { x, line, words, color: colorOf(item, index) }
    x += room
    return place
  })
  const height = (line + 1) * 18 + 4
  const svg = tag('g', { transform: `translate(0 ${size.height - height + 4})` }, ...items.map(legendItem))
  return { height, svg }
}

interface LegendItem {
  readonly x: number
  readonly line: number
  readonly words: string
  readonly color: string
}

const legendItem = ({ color, line, words, x }: LegendItem) =>
  tag('rect', { x, y: line * 18, width: 10, height: 10, rx: 2, fill: color }) +
  label(x + 15, line * 18 + 9, words, { fill: INK })
