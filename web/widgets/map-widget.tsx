import type { Widget } from '../../runtime/definitions/index.ts'
import { CategoryBars } from '../charts/category-bars.tsx'
import { useChunk } from '../charts/chunk.ts'
import { partsFinding } from '../charts/finding.ts'
import { countryName, findCountry } from '../charts/map/find-country.ts'
import { mapChunk } from '../charts/nivo/chunks.ts'
import type { Part } from '../charts/part.ts'
import { barParts } from '../charts/parts.ts'
import { useSize } from '../charts/use-size.ts'
import { formatValue, type MetricFormat } from '../format/value.ts'
import { looksOf } from '../format/value-looks.ts'
import { widgetQueries } from '../queries/widget-queries.ts'
import { Breadcrumbs, drilled, useDrillPath } from './drill-path.tsx'
import { stepOf } from './map-steps.ts'
import { metricsOf } from './metrics.ts'
import { WidgetFrame } from './widget-frame.tsx'
import type { WidgetProps } from './widget-props.ts'

const LISTED = 6

/** Countries of the world; a country opens its regions and cities as bars. */
export function MapWidget(props: WidgetProps & { readonly definition: Extract<Widget, { type: 'map' }> }) {
  const { widget, state, project, onSelect, definition } = props
  const drill = useDrillPath(definition)
  const asked = drilled(widgetQueries(widget, state, project), drill)
  const [metric] = metricsOf(widget, project)
  mapChunk.start()
  const pick = ({ raw }: Part) => {
    if (raw === undefined || metric === undefined) return
    if (drill.isOpenable) drill.open(raw)
    else onSelect?.({ kind: 'mark', metric: metric.name, values: [...drill.path, { dimension: drill.by, value: raw }] })
  }
  return (
    <WidgetFrame {...props} asked={asked}>
      {([answer]) => {
        if (metric === undefined) return null
        const parts = barParts(answer?.rows ?? [], metric, drill.by, looksOf(drill.by, project)).map(named)
        const byKey = (key: string) => {
          const part = parts.find((one) => one.key === key)
          if (part !== undefined) pick(part)
        }
        const label = partsFinding(widget.title, parts, metric.format, null)
        const canPick = onSelect !== undefined || drill.isOpenable
        if (drill.path.length > 0) {
          return (
            <>
              <Breadcrumbs {...drill} project={project} />
              <CategoryBars
                bars={parts.slice(0, 10)}
                format={metric.format}
                label={label}
                onPick={canPick ? byKey : undefined}
              />
            </>
          )
        }
        return (
          <WorldMap
            parts={parts}
            format={metric.format}
            label={label}
            wide={widget.width >= 6}
            onPick={canPick ? pick : undefined}
          />
        )
      }}
    </WidgetFrame>
  )
}

function named(part: Part): Part {
  const country = findCountry(part.key)
  return country === undefined ? part : { ...part, label: countryName(country) }
}

interface MapProps {
  readonly parts: readonly Part[]
  readonly format: MetricFormat
  readonly label: string
  readonly wide: boolean
  readonly onPick: ((part: Part) => void) | undefined
}

function WorldMap({ parts, format, label, wide, onPick }: MapProps) {
  const World = useChunk(mapChunk)
  const [ref, { width, height }] = useSize<HTMLDivElement>()
  const most = Math.max(0, ...parts.map(({ value }) => value ?? 0))
  const found = parts.flatMap((part) => {
    const country = findCountry(part.key)
    return country === undefined || part.value === null ? [] : [{ part, number: country.number, value: part.value }]
  })
  const places = found.map(({ part, number, value }) => ({
    number,
    label: part.label,
    value,
    step: stepOf(value, most),
  }))
  const unknown = parts.filter(({ key }) => findCountry(key) === undefined)
  return (
    <div className="map" data-wide={wide}>
      <div className="map-picture" ref={ref} role="img" aria-label={label}>
        {World !== null && width > 0 && (
          <div className="map-world">
            <World
              {...{ places, format, width, height }}
              onPick={
                onPick === undefined
                  ? undefined
                  : (number) => {
                      const part = found.find((one) => one.number === number)?.part
                      if (part !== undefined) onPick(part)
                    }
              }
            />
          </div>
        )}
        <div className="map-scale" aria-hidden="true">
          <span>0</span>
          <span className="map-ramp" />
          <span>{formatValue(most, format)}</span>
        </div>
      </div>
      <CategoryBars
        bars={parts.slice(0, LISTED)}
        format={format}
        label={label}
        onPick={
          onPick === undefined
            ? undefined
            : (key) => {
                const part = parts.find((one) => one.key === key)
                if (part !== undefined) onPick(part)
              }
        }
      />
      {unknown.length > 0 && (
        <p className="chart-note">
          Not on the map:{' '}
          {unknown
            .slice(0, 3)
            .map((part) => part.label)
            .join(', ')}
          {unknown.length > 3 ? ` and ${unknown.length - 3} more` : ''}.
        </p>
      )}
    </div>
  )
}
