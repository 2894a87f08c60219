import type { Widget } from '../../runtime/definitions/index.ts'
import { bandsOf, Gauge } from '../charts/gauge.tsx'
import { widgetQueries } from '../queries/widget-queries.ts'
import { asNumber, metricsOf, STATUS_LABELS, statusOf } from './metrics.ts'
import { WidgetFrame } from './widget-frame.tsx'
import type { WidgetProps } from './widget-props.ts'

/** One number on a scale. */
export function GaugeWidget(props: WidgetProps & { readonly definition: Extract<Widget, { type: 'gauge' }> }) {
  const { widget, state, project, definition } = props
  const asked = widgetQueries(widget, state, project)
  const [metric] = metricsOf(widget, project)
  return (
    <WidgetFrame {...props} asked={asked}>
      {([answer]) => {
        if (metric === undefined) return null
        const value = asNumber(answer?.rows[0]?.[metric.name])
        const { min = 0, target } = definition
        const max = definition.max ?? scaleEnd(metric.format.type, value, target, metric.thresholds?.good)
        const status = statusOf(value, metric)
        return (
          <Gauge
            {...{ value, min, max, target, status }}
            bands={bandsOf(metric.thresholds, metric.direction, min, max)}
            word={status === null ? '' : STATUS_LABELS[status]}
            format={metric.format}
            label={widget.title}
          />
        )
      }}
    </WidgetFrame>
  )
}

/** Rates end at 100 %; other scales have room above what stands on them. */
function scaleEnd(type: string, ...values: readonly (number | null | undefined)[]): number {
  const most = Math.max(0, ...values.map((value) => value ?? 0))
  if (type === 'percent' && most <= 1) return 1
  const power = 10 ** Math.floor(Math.log10(most || 1))
  return Math.ceil((most * 1.1) / power) * power || 1
}
