import { useState } from 'react'
import { endOf, isWeekend, toMillis } from '../format/calendar.ts'
import { longTime, shortTime } from '../format/time.ts'
import { formatValue } from '../format/value.ts'
import { Legend } from './legend.tsx'
import type { Reference, Series, TimeSeries } from './series.ts'
import { labelStep } from './ticks.ts'
import { areaPath, type Geometry, geometry, type Layer, layersOf, linePath, MARGIN } from './time-geometry.ts'
import { Tooltip } from './tooltip.tsx'
import { useSize } from './use-size.ts'

interface Props {
  readonly kind: 'line' | 'area' | 'bar'
  readonly data: TimeSeries
  readonly references: readonly Reference[]
  readonly stacked: boolean
  readonly label: string
  /** The moment it is now in the time zone of the project, in the way answers write it. */
  readonly now: string
}

/** Lines, areas or bars over time. */
export function TimeChart({ kind, data, references, stacked, label, now }: Props) {
  const [ref, size] = useSize<HTMLDivElement>()
  const { width, height } = size
  const [isolated, setIsolated] = useState<string | null>(null)
  const [hovered, setHovered] = useState<string | null>(null)
  const [at, setAt] = useState<number | null>(null)
  const shown = data.series.filter(({ key }) => isolated === null || key === isolated)
  const layers = layersOf(shown, stacked)
  const shape = geometry(layers, references, data.buckets.length, size, {
    banded: kind === 'bar',
    fromZero: kind !== 'line',
  })
  const open = openBucket(data, now)
  return (
    <div className="chart">
      {(data.series.length > 1 || data.hidden > 0) && (
        <Legend
          series={data.series}
          isolated={isolated}
          onIsolate={setIsolated}
          onHover={setHovered}
          hidden={data.hidden}
        />
      )}
      <div
        className="plot"
        ref={ref}
        onPointerMove={(event) => setAt(nearestIndex(event, shape, data.buckets.length))}
        onPointerLeave={() => setAt(null)}
      >
        {width > 0 && (
          <svg width={width} height={height} role="img" aria-label={label}>
            <Axes data={data} shape={shape} width={width} format={shown[0]} />
            {layers.map((layer) => (
              <g key={layer.series.key} className="mark" data-dim={hovered !== null && hovered !== layer.series.key}>
                <Mark
                  kind={kind}
                  layer={layer}
                  shape={shape}
                  open={open}
                  peers={stacked ? 1 : layers.length}
                  place={stacked ? 0 : layers.indexOf(layer)}
                />
              </g>
            ))}
            {references.map((reference) => (
              <ReferenceLine key={reference.label} reference={reference} shape={shape} right={width - MARGIN.right} />
            ))}
            {at !== null && <Crosshair at={at} layers={layers} shape={shape} dots={kind !== 'bar'} />}
          </svg>
        )}
        {at !== null && (
          <Tooltip
            title={`${longTime(data.buckets[at] ?? '', data.grain)}${at === open ? ' · in progress' : ''}`}
            series={shown}
            index={at}
            x={shape.x(at)}
            width={width}
            total={stacked}
          />
        )}
      </div>
    </div>
  )
}

function Axes({
  data,
  shape,
  width,
  format,
}: {
  data: TimeSeries
  shape: Geometry
  width: number
  format: Series | undefined
}) {
  const { buckets, grain } = data
  const every = labelStep(buckets.length, width - MARGIN.left - MARGIN.right)
  const { bottom } = shape
  return (
    <>
      {grain === 'day' && buckets.length <= 100 && (
        <Weekends buckets={buckets} shape={shape} right={width - MARGIN.right} />
      )}
      {shape.ticks.map((tick) => (
        <g key={tick}>
          <line
            className="grid-line"
            x1={MARGIN.left}
            x2={width - MARGIN.right}
            y1={shape.y(tick)}
            y2={shape.y(tick)}
          />
          <text className="axis-label" x={MARGIN.left - 8} y={shape.y(tick) + 4} textAnchor="end">
            {format ? formatValue(tick, format.format, 'axis') : tick}
          </text>
        </g>
      ))}
      {buckets.map((bucket, index) =>
        index % every === 0 && shape.x(index) < width - MARGIN.right - 12 ? (
          <text
            key={bucket}
            className="axis-label"
            x={shape.x(index)}
            y={bottom + 17}
            textAnchor={index === 0 ? 'start' : 'middle'}
          >
            {shortTime(bucket, grain)}
          </text>
        ) : null,
      )}
    </>
  )
}

function Weekends({ buckets, shape, right }: { buckets: readonly string[]; shape: Geometry; right: number }) {
  return buckets.map((bucket, index) => {
    if (!isWeekend(bucket)) return null
    const from = Math.max(MARGIN.left, shape.x(index) - shape.step / 2)
    const to = Math.min(right, shape.x(index) + shape.step / 2)
    return (
      <rect
        key={bucket}
        className="weekend"
        x={from}
        width={Math.max(0, to - from)}
        y={MARGIN.top}
        height={shape.bottom - MARGIN.top}
      />
    )
  })
}

function ReferenceLine({ reference, shape, right }: { reference: Reference; shape: Geometry; right: number }) {
  const last = reference.values.findLast((value) => value !== null) ?? null
  if (last === null) return null
  return (
    <g>
      <path className="reference" d={linePath(reference.values, shape)} />
      <text className="reference-label" x={right} y={shape.y(last) - 5} textAnchor="end">
        {reference.label}
      </text>
    </g>
  )
}

interface MarkProps {
  readonly kind: 'line' | 'area' | 'bar'
  readonly layer: Layer
  readonly shape: Geometry
  /** The bucket in progress: it is drawn apart, so that it does not look like a fall. */
  readonly open: number | null
  readonly peers: number
  readonly place: number
}

function Mark({ kind, layer, shape, open, peers, place }: MarkProps) {
  const { color } = layer.series
  if (kind === 'bar') return <Bars layer={layer} shape={shape} open={open} peers={peers} place={place} />
  const last = layer.tops.length - 1
  const closed = open === null ? last : open - 1
  return (
    <>
      {kind === 'area' && <path className="area" d={areaPath(layer, shape)} style={{ fill: color }} />}
      <path className="line" d={linePath(layer.tops, shape, 0, closed)} style={{ stroke: color }} />
      {open !== null && (
        <path
          className="line in-progress"
          d={linePath(layer.tops, shape, Math.max(0, closed), open)}
          style={{ stroke: color }}
        />
      )}
      {layer.tops.length === 1 && (
        <circle cx={shape.x(0)} cy={shape.y(layer.tops[0] ?? 0)} r="4" style={{ fill: color }} />
      )}
    </>
  )
}

function Bars({ layer, shape, open, peers, place }: Omit<MarkProps, 'kind'>) {
  const room = Math.max(1, shape.step * 0.72)
  const width = Math.min(32, room / peers)
  return layer.tops.map((top, index) => {
    if (top === null) return null
    const bottom = layer.bottoms[index] ?? 0
    const left = shape.x(index) - (width * peers) / 2 + place * width
    const [y, end] = [shape.y(Math.max(top, bottom)), shape.y(Math.min(top, bottom))]
    return (
      <rect
        // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place in time.
        key={index}
        className="bar"
        data-open={index === open}
        x={left}
        y={y}
        width={Math.max(0.5, width - 1)}
        height={Math.max(0, end - y)}
        style={{ fill: layer.series.color }}
      />
    )
  })
}

function Crosshair({
  at,
  layers,
  shape,
  dots,
}: {
  at: number
  layers: readonly Layer[]
  shape: Geometry
  dots: boolean
}) {
  const x = shape.x(at)
  return (
    <g>
      <line className="crosshair" x1={x} x2={x} y1={MARGIN.top} y2={shape.bottom} />
      {dots &&
        layers.map(({ series, tops }) => {
          const top = tops[at] ?? null
          return top === null ? null : (
            <circle key={series.key} className="dot" cx={x} cy={shape.y(top)} r="3.5" style={{ fill: series.color }} />
          )
        })}
    </g>
  )
}

function nearestIndex(event: React.PointerEvent<HTMLDivElement>, shape: Geometry, count: number): number {
  const x = event.clientX - event.currentTarget.getBoundingClientRect().left
  const index = Math.round((x - shape.x(0)) / (shape.step || 1))
  return Math.min(count - 1, Math.max(0, index))
}

function openBucket({ buckets, grain }: TimeSeries, now: string): number | null {
  const last = buckets.length - 1
  const start = buckets[last]
  return start !== undefined && endOf(grain, start) > toMillis(now) ? last : null
}
