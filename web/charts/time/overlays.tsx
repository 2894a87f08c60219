import { formatDay } from '../../format/time.ts'
import type { Reference, Series, TimeSeries } from '../series.ts'
import { type Geometry, linePath, MARGIN } from '../time-geometry.ts'
import { placeOf } from './place-of.ts'

/** Something that happened, marked in charts over time. */
export interface Mark {
  readonly at: string
  readonly until?: string | undefined
  readonly label: string
}

/** The same metric in the time it is compared with, bucket by bucket. */
export function Ghosts({ ghosts, shape }: { readonly ghosts: readonly Series[]; readonly shape: Geometry }) {
  return ghosts.map(({ key, values }) => <path key={key} className="ghost" d={linePath(values, shape)} />)
}

interface ReferencesProps {
  readonly references: readonly Reference[]
  readonly shape: Geometry
  readonly right: number
}

export function References({ references, shape, right }: ReferencesProps) {
  return references.map(({ label, values, status }) => {
    const last = values.findLast((value) => value !== null) ?? null
    if (last === null) return null
    return (
      <g key={label} data-status={status}>
        <path className="reference" d={linePath(values, shape)} />
        <text className="reference-label" x={right} y={shape.y(last) - 5} textAnchor="end">
          {label}
        </text>
      </g>
    )
  })
}

interface AnnotationsProps {
  readonly marks: readonly Mark[]
  readonly data: TimeSeries
  readonly shape: Geometry
  readonly right: number
}

export function Annotations({ marks, data, shape, right }: AnnotationsProps) {
  const sorted = [...marks].sort((a, b) => a.at.localeCompare(b.at))
  let written = Number.NEGATIVE_INFINITY
  return sorted.flatMap((mark) => {
    const from = placeOf(mark.at, data.buckets)
    if (from === null) return []
    const to = mark.until === undefined ? from : (placeOf(mark.until, data.buckets) ?? data.buckets.length - 1)
    const [x, end] = [shape.x(from), Math.min(right, shape.x(to))]
    const room = mark.label.length * 6 + 12
    const flip = x > right - room
    // Words that would run into each other are left to the tooltip.
    const hasRoom = flip ? x - room >= Math.max(written, MARGIN.left) : x >= written
    if (hasRoom) written = flip ? x : x + room
    return (
      <g key={`${mark.at} ${mark.label}`} className="annotation">
        <title>{`${mark.label} · ${formatDay(mark.at.slice(0, 10))}`}</title>
        {end > x && (
          <rect className="annotation-span" x={x} width={end - x} y={MARGIN.top} height={shape.bottom - MARGIN.top} />
        )}
        <line className="annotation-line" x1={x} x2={x} y1={MARGIN.top} y2={shape.bottom} />
        {hasRoom && (
          <text
            className="annotation-label"
            x={flip ? x - 5 : x + 5}
            y={MARGIN.top + 9}
            textAnchor={flip ? 'end' : 'start'}
          >
            {mark.label}
          </text>
        )}
      </g>
    )
  })
}
