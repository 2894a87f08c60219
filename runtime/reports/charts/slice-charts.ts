import type { Size, SliceChart } from './chart.ts'
import { GRID, INK, MUTED, OTHER, seriesColor } from './palette.ts'
import { drawing, label, round, shorten, tag, widthOf } from './svg.ts'

/** Horizontal bars with their values, for categories and for the steps of a funnel. */
export function drawBars(chart: SliceChart, { width }: Size): string {
  const { format, slices, title } = chart
  const row = 24
  const labels = Math.min(width * 0.36, Math.max(60, ...slices.map((slice) => widthOf(slice.label) + 10)))
  const values = Math.max(40, ...slices.map(({ value }) => widthOf(format(value)) + 12))
  const most = Math.max(...slices.map(({ value }) => Math.abs(value)), 0) || 1
  const room = width - labels - values
  const bars = slices.map((slice, index) => {
    const y = index * row + 4
    const length = Math.max(1, (Math.abs(slice.value) / most) * room)
    return (
      label(labels - 8, y + 12, shorten(slice.label, labels - 8), { 'text-anchor': 'end', fill: INK }) +
      tag('rect', { x: labels, y, width: room, height: 16, rx: 3, fill: '#f3f5f8' }) +
      tag('rect', {
        x: labels,
        y,
        width: length,
        height: 16,
        rx: 3,
        fill: slice.other === true ? OTHER : seriesColor(0),
      }) +
      label(labels + room + 8, y + 12, format(slice.value), { fill: MUTED })
    )
  })
  return drawing(width, Math.max(1, slices.length) * row + 6, title, ...bars)
}

/** A ring of parts, and beside it what they are. */
export function drawDonut(chart: SliceChart, { height, width }: Size): string {
  const { format, slices, title } = chart
  const total = slices.reduce((sum, { value }) => sum + Math.max(0, value), 0)
  const radius = Math.min(height, width * 0.42) / 2 - 8
  const center = { x: radius + 12, y: height / 2 }
  let start = 0
  const parts = slices.map((slice, index) => {
    const share = total === 0 ? 0 : Math.max(0, slice.value) / total
    const path = arc(center, radius, radius * 0.62, start, start + share)
    start += share
    return tag('path', {
      d: path,
      fill: slice.other === true ? OTHER : seriesColor(index),
      stroke: '#ffffff',
      'stroke-width': 1.5,
    })
  })
  const left = center.x + radius + 22
  const values = Math.max(0, ...slices.map(({ value }) => widthOf(`${format(value)} · 99%`)))
  const step = Math.min(22, (height - 16) / Math.max(1, slices.length))
  const top = height / 2 - (slices.length * step) / 2
  const legend = slices.map((slice, index) => {
    const y = top + index * step
    const share = total === 0 ? '' : ` · ${Math.round((Math.max(0, slice.value) / total) * 100)}%`
    return (
      tag('rect', {
        x: left,
        y: y + 3,
        width: 10,
        height: 10,
        rx: 2,
        fill: slice.other === true ? OTHER : seriesColor(index),
      }) +
      label(left + 16, y + 12, shorten(slice.label, width - left - 28 - values), { fill: INK }) +
      label(width - 6, y + 12, `${format(slice.value)}${share}`, { fill: MUTED, 'text-anchor': 'end' })
    )
  })
  const ring =
    total === 0
      ? [
          tag('circle', {
            cx: center.x,
            cy: center.y,
            r: radius * 0.8,
            fill: 'none',
            stroke: GRID,
            'stroke-width': radius * 0.38,
          }),
        ]
      : parts
  return drawing(width, height, title, ...ring, ...legend)
}

interface Point {
  readonly x: number
  readonly y: number
}

/** A piece of a ring; `from` and `to` are parts of a whole turn from the top. */
export function arc(center: Point, outer: number, inner: number, from: number, to: number): string {
  const end = Math.min(to, from + 0.99999)
  const at = (turn: number, radius: number) => {
    const angle = turn * 2 * Math.PI - Math.PI / 2
    return `${round(center.x + radius * Math.cos(angle))} ${round(center.y + radius * Math.sin(angle))}`
  }
  const large = end - from > 0.5 ? 1 : 0
  return `M ${at(from, outer)} A ${round(outer)} ${round(outer)} 0 ${large} 1 ${at(end, outer)} L ${at(end, inner)} A ${round(inner)} ${round(inner)} 0 ${large} 0 ${at(from, inner)} Z`
}
