import { GeoMap } from '@nivo/geo'
import { geoNaturalEarth1 } from 'd3-geo'
import { feature } from 'topojson-client'
import atlas from 'world-atlas/countries-110m.json'
import { formatValue, type MetricFormat } from '../../format/value.ts'
import { resolveColor, useThemeVersion } from '../../theme/resolve-color.ts'
import { MarkTooltip } from './mark-tooltip.tsx'
import { NIVO_THEME } from './theme.ts'

export interface Place {
  /** Number of ISO 3166-1. */
  readonly number: string
  readonly label: string
  readonly value: number
  /** One of the nine steps from little to much. */
  readonly step: number
}

interface Props {
  readonly places: readonly Place[]
  readonly format: MetricFormat
  readonly width: number
  readonly height: number
  readonly onPick: ((number: string) => void) | undefined
}

const ANTARCTICA = '010'
const countries = featuresOf()
const world = { type: 'FeatureCollection' as const, features: [...countries] }

/** Countries of the world, the darker (in a light theme) the more. */
export function NivoMap({ places, format, width, height, onPick }: Props) {
  const theme = useThemeVersion()
  const byNumber = new Map(places.map((place) => [place.number, place]))
  const projection = geoNaturalEarth1().fitSize([width, height], world)
  const [x, y] = projection.translate()
  const colors = new Map(places.map(({ step }) => [step, resolveColor(`var(--heat-${step})`)]))
  const land = resolveColor('var(--map-land)')
  const border = resolveColor('var(--surface)')
  const colorOf = (id: unknown) => colors.get(byNumber.get(String(id))?.step ?? 0) ?? land
  return (
    <GeoMap
      key={theme}
      width={width}
      height={height}
      features={[...countries]}
      theme={NIVO_THEME}
      role="presentation"
      projectionType="naturalEarth1"
      projectionScale={projection.scale()}
      projectionTranslation={[x / width, y / height]}
      fillColor={({ id }: { id?: unknown }) => colorOf(id)}
      borderWidth={0.5}
      borderColor={() => border as unknown as number}
      onClick={({ id }: { id?: unknown }) => {
        if (byNumber.has(String(id))) onPick?.(String(id))
      }}
      tooltip={({ feature: { id, properties } }: { feature: { id?: unknown; properties: { name: string } } }) => {
        const place = byNumber.get(String(id))
        return (
          <MarkTooltip
            color={colorOf(id)}
            label={place?.label ?? properties.name}
            value={place === undefined ? 'no data' : formatValue(place.value, format, 'exact')}
          />
        )
      }}
    />
  )
}

type Topology = Parameters<typeof feature>[0]
type Feature = Exclude<ReturnType<typeof feature>, { features: unknown }>
type Features = readonly (Feature & { readonly properties: { readonly name: string } })[]

function featuresOf(): Features {
  const topology = atlas as unknown as Topology
  const all = feature(topology, 'countries') as unknown as { readonly features: Features }
  return (
    all.features
      .filter(({ id }) => id !== ANTARCTICA)
      // Some have no number of their own.
      .map((country) => ({ ...country, id: country.id ?? country.properties.name }))
  )
}
