import type { Widget } from '../../runtime/definitions/index.ts'
import { CategoryBars } from '../charts/category-bars.tsx'
import { DonutChart } from '../charts/donut-chart.tsx'
import { partsFinding } from '../charts/finding.ts'
import { GroupedBars } from '../charts/grouped-bars.tsx'
import type { Part } from '../charts/part.ts'
import { barParts, donutParts } from '../charts/parts.ts'
import { looksOf } from '../format/value-looks.ts'
import { widgetQueries } from '../queries/widget-queries.ts'
import { Breadcrumbs, drilled, useDrillPath } from './drill-path.tsx'
import { metricsOf } from './metrics.ts'
import { WidgetFrame } from './widget-frame.tsx'
import type { WidgetProps } from './widget-props.ts'

type ByValue = Extract<Widget, { type: 'bar' | 'donut' }>

const MOST_BARS = 10

/** Values of a dimension: bars beside each other, or parts of a whole. */
export function PartsWidget(props: WidgetProps & { readonly definition: ByValue }) {
  const { widget, state, project, onSelect, definition } = props
  const drill = useDrillPath(definition)
  const asked = drilled(widgetQueries(widget, state, project), drill)
  const metrics = metricsOf(widget, project)
  const [metric] = metrics
  if (metric === undefined)
    return (
      <WidgetFrame {...props} asked={asked}>
        {() => null}
      </WidgetFrame>
    )
  const pickFrom = (parts: readonly Part[]) => (key: string) => {
    const raw = parts.find((part) => part.key === key)?.raw
    if (raw === undefined) return
    if (drill.isOpenable) drill.open(raw)
    else onSelect?.({ kind: 'mark', metric: metric.name, values: [...drill.path, { dimension: drill.by, value: raw }] })
  }
  const looks = looksOf(drill.by, project)
  const canPick = onSelect !== undefined || drill.isOpenable
  return (
    <WidgetFrame {...props} asked={asked}>
      {([answer]) => {
        const rows = answer?.rows ?? []
        if (definition.type === 'donut') {
          const parts = donutParts(rows, metric, drill.by, looks)
          return (
            <>
              <Breadcrumbs {...drill} project={project} />
              <DonutChart
                parts={parts}
                format={metric.format}
                label={widget.title}
                onPick={canPick ? pickFrom(parts) : undefined}
              />
            </>
          )
        }
        const parts = barParts(rows, metric, drill.by, looks)
        const shown = parts.slice(0, definition.limit ?? MOST_BARS)
        const isList = metrics.length === 1 && definition.layout !== 'vertical'
        return (
          <>
            <Breadcrumbs {...drill} project={project} />
            {isList ? (
              <CategoryBars
                bars={shown}
                format={metric.format}
                label={partsFinding(widget.title, parts, metric.format, null)}
                onPick={canPick ? pickFrom(parts) : undefined}
              />
            ) : (
              <GroupedBars
                parts={shown}
                rows={rows}
                by={drill.by}
                metrics={metrics}
                layout={definition.layout ?? 'horizontal'}
                stacked={definition.stacked === true && metrics.every(({ additive }) => additive)}
                label={partsFinding(widget.title, parts, metric.format, null)}
                onPick={canPick ? pickFrom(parts) : undefined}
              />
            )}
            {parts.length > shown.length && (
              <p className="chart-note">
                The first {shown.length} of {parts.length}.
              </p>
            )}
          </>
        )
      }}
    </WidgetFrame>
  )
}
