import { secondsOf } from '../format/value.ts'
import type { Reference, Series } from './series.ts'
import { niceTicks } from './ticks.ts'
import type { Size } from './use-size.ts'

export const MARGIN = { top: 8, right: 12, bottom: 24, left: 52 }

export interface Geometry {
  readonly bottom: number
  readonly x: (index: number) => number
  readonly y: (value: number) => number
  readonly ticks: readonly number[]
  readonly step: number
}

/** Sizes of a chart over time. Bars and areas start at zero; lines do unless their values lie far from it. */
export function geometry(
  layers: readonly Layer[],
  references: readonly Pick<Reference, 'values'>[],
  count: number,
  { width, height }: Size,
  {
    banded,
    fromZero,
    labelled = false,
  }: { readonly banded: boolean; readonly fromZero: boolean; readonly labelled?: boolean },
): Geometry {
  const lines = references.map((reference) => reference.values)
  const stacks = layers.flatMap(({ tops, bottoms }) => (fromZero ? [tops, bottoms] : [tops]))
  const values = [...stacks, ...lines].flat().filter((value) => value !== null)
  const high = Math.max(0, ...values)
  const low = Math.min(...(values.length === 0 ? [0] : values))
  const start = fromZero || low < high * 0.6 ? Math.min(0, low) : low
  const format = layers[0]?.series.format
  const clock = format?.type === 'duration' ? secondsOf(format.unit) : 0
  const ticks = niceTicks(start, high === start ? start + 1 : high, { secondsOf: clock })
  const [bottom, top] = [ticks[0] ?? 0, ticks.at(-1) ?? 1]
  const inner = width - MARGIN.left - MARGIN.right
  const step = inner / Math.max(1, banded ? count : count - 1)
  // Room for the words of annotations above the highest value.
  const above = labelled ? MARGIN.top + 14 : MARGIN.top
  return {
    step,
    ticks,
    bottom: height - MARGIN.bottom,
    x: (index) => MARGIN.left + (count === 1 && !banded ? inner / 2 : (index + (banded ? 0.5 : 0)) * step),
    y: (value) => height - MARGIN.bottom - ((value - bottom) / (top - bottom)) * (height - above - MARGIN.bottom),
  }
}

/** A series with what it stands on: zero, or the series below it. */
export interface Layer {
  readonly series: Series
  readonly tops: readonly (number | null)[]
  readonly bottoms: readonly (number | null)[]
}

export function layersOf(series: readonly Series[], stacked: boolean): readonly Layer[] {
  let floor: readonly number[] = series[0]?.values.map(() => 0) ?? []
  return series.map((one) => {
    const bottoms = floor
    const tops = one.values.map((value, index) => (stacked ? (bottoms[index] ?? 0) + (value ?? 0) : value))
    if (stacked) floor = tops.map((value) => value ?? 0)
    return { series: one, tops, bottoms: stacked ? bottoms : one.values.map(() => 0) }
  })
}

export function linePath(
  values: readonly (number | null)[],
  { x, y }: Geometry,
  from = 0,
  to = values.length - 1,
): string {
  let path = ''
  let open = false
  for (let index = from; index <= to; index += 1) {
    const value = values[index] ?? null
    if (value !== null) path += `${open ? 'L' : 'M'}${x(index).toFixed(1)},${y(value).toFixed(1)}`
    open = value !== null
  }
  return path
}

export function areaPath({ tops, bottoms }: Layer, { x, y }: Geometry): string {
  const known = tops.flatMap((top, index) => (top === null ? [] : [{ index, top, bottom: bottoms[index] ?? 0 }]))
  if (known.length === 0) return ''
  const upper = known.map(({ index, top }) => `${x(index).toFixed(1)},${y(top).toFixed(1)}`)
  const lower = known.map(({ index, bottom }) => `${x(index).toFixed(1)},${y(bottom).toFixed(1)}`).reverse()
  return `M${[...upper, ...lower].join('L')}Z`
}
