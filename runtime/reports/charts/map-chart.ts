import { createRequire } from 'node:module'
import { geoNaturalEarth1, geoPath } from 'd3-geo'
import { feature } from 'topojson-client'
import type { MapChart, Size } from './chart.ts'
import { HEAT, MUTED } from './palette.ts'
import { drawing, label, tag } from './svg.ts'

const LAND = '#e6e9ee'
const ANTARCTICA = '010'
const SCALE = 26

type Collection = Extract<ReturnType<typeof feature>, { readonly features: unknown }>

/** Countries of the world, the darker the more, above the scale of their colours. */
export function drawMap({ format, places, title }: MapChart, { width }: Size): string {
  const world = readWorld()
  const height = Math.round(width / 2)
  const path = geoPath(geoNaturalEarth1().fitSize([width, height], world)).digits(1)
  const most = Math.max(0, ...places.map(({ value }) => value))
  const steps = new Map(places.map(({ number, value }) => [number, stepOf(value, most)]))
  const shapes = world.features.map((country) => {
    const fill = HEAT[steps.get(String(country.id)) ?? -1] ?? LAND
    return tag('path', { d: path(country) ?? '', fill, stroke: '#ffffff', 'stroke-width': 0.5 })
  })
  const [left, top, cell] = [12, height + 10, 20]
  const ramp = HEAT.map((fill, index) =>
    tag('rect', { x: left + 12 + index * cell, y: top, width: cell, height: 9, fill }),
  )
  const right = left + 12 + HEAT.length * cell + 6
  const scale = [
    label(left, top + 9, '0', { fill: MUTED }),
    ...ramp,
    label(right, top + 9, format(most), { fill: MUTED }),
  ]
  return drawing(width, height + SCALE, title, ...shapes, ...scale)
}

/** The square root spreads what is small: a country of ten times as many would hide all others. */
const stepOf = (value: number, most: number) =>
  most <= 0 || value <= 0
    ? 0
    : Math.max(0, Math.min(HEAT.length - 1, Math.ceil(Math.sqrt(value / most) * HEAT.length) - 1))

let read: Collection | undefined

/** Borders are read when the first map is drawn: few reports have one. */
function readWorld(): Collection {
  read ??= openWorld()
  return read
}

function openWorld(): Collection {
  const atlas = createRequire(import.meta.url)('world-atlas/countries-110m.json') as Parameters<typeof feature>[0]
  const all = feature(atlas, 'countries') as unknown as Collection
  return { ...all, features: all.features.filter(({ id }) => id !== ANTARCTICA) }
}
