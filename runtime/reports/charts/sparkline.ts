import { seriesColor } from './palette.ts'
import { drawing, round, tag } from './svg.ts'

/** A small line without axes. */
export function drawSparkline(values: readonly (number | null)[], title: string, width = 120, height = 28): string {
  const known = values.flatMap((value, index) => (value === null ? [] : [{ index, value }]))
  const [low, high] = [Math.min(...known.map(({ value }) => value)), Math.max(...known.map(({ value }) => value))]
  const step = (width - 6) / Math.max(1, values.length - 1)
  const y = (value: number) => height - 4 - ((value - low) / (high - low || 1)) * (height - 8)
  const points = known.map(({ index, value }) => `${round(3 + index * step)},${round(y(value))}`).join(' ')
  const last = known.at(-1)
  return drawing(
    width,
    height,
    title,
    tag('polyline', { points, fill: 'none', stroke: seriesColor(0), 'stroke-width': 1.5 }),
    last === undefined
      ? ''
      : tag('circle', { cx: 3 + last.index * step, cy: y(last.value), r: 2.2, fill: seriesColor(0) }),
  )
}
