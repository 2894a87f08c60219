import type { GaugeChart, Size } from './chart.ts'
import { BAD, GOOD, GRID, INK, MUTED, seriesColor, WARN } from './palette.ts'
import { arc } from './slice-charts.ts'
import { drawing, label, tag } from './svg.ts'

const COLORS = { good: GOOD, warn: WARN, bad: BAD } as const

/** Half a ring, with a mark where the target is. */
export function drawGauge(chart: GaugeChart, { height, width }: Size): string {
  const { format, max, min, state, target, title, value } = chart
  const radius = Math.min(width / 2 - 40, height - 34)
  const center = { x: width / 2, y: height - 24 }
  const turn = (amount: number) => -0.25 + Math.min(1, Math.max(0, (amount - min) / (max - min || 1))) / 2
  const part = (from: number, to: number, fill: string) =>
    to - from < 0.001 ? '' : tag('path', { d: arc(center, radius, radius * 0.74, from, to), fill })
  const color = state === null ? seriesColor(0) : COLORS[state]
  return drawing(
    width,
    height,
    title,
    part(-0.25, 0.25, GRID),
    value === null ? '' : part(-0.25, turn(value), color),
    target === null ? '' : part(turn(target) - 0.003, turn(target) + 0.003, INK),
    label(center.x, center.y - 8, value === null ? '—' : format(value), {
      'text-anchor': 'middle',
      'font-size': 24,
      'font-weight': 700,
      fill: INK,
    }),
    target === null
      ? ''
      : label(center.x, center.y + 12, `Target ${format(target)}`, { 'text-anchor': 'middle', fill: MUTED }),
    label(center.x - radius * 0.87, center.y + 14, format(min, true), { 'text-anchor': 'middle', fill: MUTED }),
    label(center.x + radius * 0.87, center.y + 14, format(max, true), { 'text-anchor': 'middle', fill: MUTED }),
  )
}
