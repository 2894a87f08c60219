import type { HeatmapChart, Size } from './chart.ts'
import { HEAT, INK, MUTED } from './palette.ts'
import { drawing, label, shorten, tag, widthOf } from './svg.ts'

/** Cells of two dimensions: the darker, the more. */
export function drawHeatmap(chart: HeatmapChart, { height, width }: Size): string {
  const { columns, format, rows, title, values } = chart
  const left = Math.min(width * 0.3, Math.max(30, ...rows.map((row) => widthOf(row) + 10)))
  const cell = {
    width: (width - left - 4) / Math.max(1, columns.length),
    height: Math.min(28, (height - 46) / Math.max(1, rows.length)),
  }
  const all = values.flat().filter((value) => value !== null)
  const [low, high] = [Math.min(...all), Math.max(...all)]
  const cells = rows.map((row, y) => {
    const own = columns.map((_, x) => {
      const value = values[y]?.[x] ?? null
      const place = { x: left + x * cell.width, y: y * cell.height, width: cell.width - 1, height: cell.height - 1 }
      return tag('rect', { ...place, rx: 2, fill: value === null ? '#f6f7f9' : shade(value, low, high) })
    })
    const name = label(left - 6, (y + 0.5) * cell.height + 4, shorten(row, left - 6), {
      'text-anchor': 'end',
      fill: INK,
    })
    return name + own.join('')
  })
  const room = Math.max(...columns.map((column) => widthOf(column)), 10) + 8
  const step = Math.max(1, Math.ceil(room / cell.width))
  const bottom = rows.length * cell.height
  const names = columns.map((column, x) =>
    x % step === 0
      ? label(left + (x + 0.5) * cell.width, bottom + 14, column, { 'text-anchor': 'middle', fill: MUTED })
      : '',
  )
  return drawing(
    width,
    bottom + 44,
    title,
    ...cells,
    ...names,
    all.length === 0 ? '' : scale(left, bottom + 26, format(low), format(high)),
  )
}

const shade = (value: number, low: number, high: number) =>
  HEAT[Math.min(HEAT.length - 1, Math.floor(((value - low) / (high - low || 1)) * HEAT.length))] ?? HEAT[0]

function scale(x: number, y: number, low: string, high: string): string {
  const start = x + widthOf(low) + 6
  const boxes = HEAT.map((fill, index) => tag('rect', { x: start + index * 14, y, width: 13, height: 10, fill }))
  const end = label(start + HEAT.length * 14 + 5, y + 9, high, { fill: MUTED })
  return label(x, y + 9, low, { fill: MUTED }) + boxes.join('') + end
}
