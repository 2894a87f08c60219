import { areaPath, type Geometry, type Layer, linePath } from '../time-geometry.ts'

export type TimeKind = 'line' | 'area' | 'bar'

interface Props {
  readonly kind: TimeKind
  readonly layers: readonly Layer[]
  readonly shape: Geometry
  /** The bucket in progress: it is drawn apart, so that it does not look like a fall. */
  readonly open: number | null
  readonly stacked: boolean
  readonly hovered: string | null
}

/** The series themselves. */
export function Marks({ kind, layers, shape, open, stacked, hovered }: Props) {
  return layers.map((layer, place) => (
    <g key={layer.series.key} className="mark" data-dim={hovered !== null && hovered !== layer.series.key}>
      {kind === 'bar' ? (
        <Bars layer={layer} shape={shape} open={open} peers={stacked ? 1 : layers.length} place={stacked ? 0 : place} />
      ) : (
        <Line {...{ kind, layer, shape, open, stacked }} alone={layers.length === 1} />
      )}
    </g>
  ))
}

interface LineProps {
  readonly kind: TimeKind
  readonly layer: Layer
  readonly shape: Geometry
  readonly open: number | null
  readonly stacked: boolean
  readonly alone: boolean
}

function Line({ kind, layer, shape, open, stacked, alone }: LineProps) {
  const { color } = layer.series
  const last = layer.tops.length - 1
  const closed = open === null ? last : open - 1
  return (
    <>
      {/* Areas over each other would mix their colours. */}
      {kind === 'area' && (stacked || alone) && (
        <path className="area" data-stacked={stacked} d={areaPath(layer, shape)} style={{ fill: color }} />
      )}
      <path className="line" d={linePath(layer.tops, shape, 0, closed)} style={{ stroke: color }} />
      {open !== null && (
        <path
          className="line in-progress"
          d={linePath(layer.tops, shape, Math.max(0, closed), open)}
          style={{ stroke: color }}
        />
      )}
      {lonely(layer.tops).map((index) => (
        <circle key={index} cx={shape.x(index)} cy={shape.y(layer.tops[index] ?? 0)} r="2.5" style={{ fill: color }} />
      ))}
    </>
  )
}

/** Points without neighbours: no line is drawn to them. */
export const lonely = (values: readonly (number | null)[]): readonly number[] =>
  values.flatMap((value, index) =>
    value !== null && (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null ? [index] : [],
  )

interface BarsProps {
  readonly layer: Layer
  readonly shape: Geometry
  readonly open: number | null
  readonly peers: number
  readonly place: number
}

function Bars({ layer, shape, open, peers, place }: BarsProps) {
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
