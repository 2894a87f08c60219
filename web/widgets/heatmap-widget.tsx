import type { Widget } from '../../runtime/definitions/index.ts'
import { Heatmap } from '../charts/heatmap.tsx'
import { heatmapData } from '../charts/heatmap-data.ts'
import { keyOf } from '../charts/series.ts'
import { looksOf } from '../format/value-looks.ts'
import { widgetQueries } from '../queries/widget-queries.ts'
import { metricsOf } from './metrics.ts'
import { WidgetFrame } from './widget-frame.tsx'
import type { WidgetProps } from './widget-props.ts'

/** Two dimensions against each other; hours of the day against days of the week by default. */
export function HeatmapWidget(props: WidgetProps & { readonly definition: Extract<Widget, { type: 'heatmap' }> }) {
  const { widget, state, project, onSelect, definition } = props
  const asked = timed(widgetQueries(widget, state, project), widget)
  const [metric] = metricsOf(widget, project)
  const { x = 'hour_of_day', y = 'day_of_week' } = definition
  const axes = [y, x].filter((name) => name !== 'hour_of_day' && name !== 'day_of_week')
  return (
    <WidgetFrame {...props} asked={asked}>
      {([answer]) => {
        if (metric === undefined) return null
        const rows = answer?.rows ?? []
        const data = heatmapData({
          rows,
          metric: metric.name,
          additive: metric.additive,
          x,
          y,
          weekStart: project.weekStart,
          looks: (dimension) => looksOf(dimension, project),
        })
        const rawOf = (dimension: string, key: string) => {
          const row = rows.find((one) => keyOf(one[dimension]) === key)
          return row === undefined ? null : (row[dimension] ?? null)
        }
        const pick = (line: number, column: number) => {
          const keys = { [y]: data.rows[line]?.key ?? '', [x]: data.columns[column]?.key ?? '' }
          const values = axes.map((dimension) => ({ dimension, value: rawOf(dimension, keys[dimension] ?? '') }))
          onSelect?.({ kind: 'mark', metric: metric.name, values })
        }
        const canPick = onSelect !== undefined && axes.length > 0
        return (
          <>
            <Heatmap
              data={data}
              format={metric.format}
              label={widget.title}
              fromZero={metric.additive}
              onPick={canPick ? pick : undefined}
            />
            {axes.length < 2 && <p className="chart-note">Times in {project.timezone}.</p>}
          </>
        )
      }}
    </WidgetFrame>
  )
}

/** One axis of hours or weekdays is enough to need the time of every row. */
function timed(asked: ReturnType<typeof widgetQueries>, { query }: WidgetProps['widget']) {
  const grain = query?.grain
  if (grain === undefined || asked.grain !== null) return asked
  return { ...asked, grain, queries: asked.queries.map((one) => ({ ...one, grain })) }
}
