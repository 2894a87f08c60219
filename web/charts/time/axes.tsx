import { isWeekend } from '../../format/calendar.ts'
import { shortTime } from '../../format/time.ts'
import { formatValue, type MetricFormat } from '../../format/value.ts'
import type { TimeSeries } from '../series.ts'
import { labelStep } from '../ticks.ts'
import { type Geometry, MARGIN } from '../time-geometry.ts'

interface Props {
  readonly data: TimeSeries
  readonly shape: Geometry
  readonly width: number
  readonly format: MetricFormat | undefined
}

/** Grid, weekends and labels. */
export function Axes({ data, shape, width, format }: Props) {
  const { buckets, grain } = data
  const right = width - MARGIN.right
  const every = labelStep(buckets.length, right - MARGIN.left)
  return (
    <>
      {grain === 'day' && buckets.length <= 100 && <Weekends buckets={buckets} shape={shape} right={right} />}
      {shape.ticks.map((tick) => (
        <g key={tick}>
          <line className="grid-line" x1={MARGIN.left} x2={right} y1={shape.y(tick)} y2={shape.y(tick)} />
          <text className="axis-label" x={MARGIN.left - 8} y={shape.y(tick) + 4} textAnchor="end">
            {format ? formatValue(tick, format, 'axis') : tick}
          </text>
        </g>
      ))}
      {buckets.map((bucket, index) =>
        index % every === 0 && shape.x(index) < right - 12 ? (
          <text
            key={bucket}
            className="axis-label"
            x={shape.x(index)}
            y={shape.bottom + 17}
            textAnchor={index === 0 && shape.x(0) < MARGIN.left + 20 ? 'start' : 'middle'}
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
