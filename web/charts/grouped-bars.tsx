import type { Row } from '../queries/answers.ts'
import type { MetricInfo } from '../queries/project.ts'
import { seriesColor } from '../theme/series-color.ts'
import { useChunk } from './chunk.ts'
import { barChunk } from './nivo/chunks.ts'
import type { Part } from './part.ts'
import { keyOf } from './series.ts'
import { useSize } from './use-size.ts'

interface Props {
  readonly parts: readonly Part[]
  readonly rows: readonly Row[]
  readonly by: string
  readonly metrics: readonly MetricInfo[]
  readonly layout: 'vertical' | 'horizontal'
  readonly stacked: boolean
  readonly label: string
  readonly onPick?: ((key: string) => void) | undefined
}

/** Bars of one or more metrics for each value of a dimension. */
export function GroupedBars({ parts, rows, by, metrics, layout, stacked, label, onPick }: Props) {
  const Bars = useChunk(barChunk)
  const [ref, { width, height }] = useSize<HTMLDivElement>()
  const series = metrics.map(({ name, label: text, format }, index) => ({
    key: name,
    label: text,
    color: seriesColor(index),
    format,
  }))
  const groups = parts.map((part) => {
    const row = rows.find((one) => keyOf(one[by]) === part.key)
    const values = metrics.map(({ name }) => [name, typeof row?.[name] === 'number' ? row[name] : null])
    return { key: part.key, label: part.label, values: Object.fromEntries(values) as Record<string, number | null> }
  })
  return (
    <div className="chart">
      {series.length > 1 && (
        <div className="legend">
          {series.map(({ key, label: text, color }) => (
            <span key={key} className="legend-note">
              <span className="swatch" style={{ background: color }} /> {text}
            </span>
          ))}
        </div>
      )}
      <div className="plot" ref={ref}>
        {Bars !== null && width > 0 && (
          <Bars
            {...{ groups, series, stacked, layout, width, height, label }}
            onPick={onPick === undefined ? undefined : (group) => onPick(group)}
          />
        )}
      </div>
    </div>
  )
}
