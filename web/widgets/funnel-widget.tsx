import { useChunk } from '../charts/chunk.ts'
import { funnelChunk } from '../charts/nivo/chunks.ts'
import type { Part } from '../charts/part.ts'
import { useSize } from '../charts/use-size.ts'
import { formatValue, type MetricFormat } from '../format/value.ts'
import { widgetQueries } from '../queries/widget-queries.ts'
import { asNumber, metricsOf } from './metrics.ts'
import { WidgetFrame } from './widget-frame.tsx'
import type { OnSelect, WidgetProps } from './widget-props.ts'

/** Steps of a way, how many come so far, and where they are lost. */
export function FunnelWidget(props: WidgetProps) {
  const { widget, state, project, onSelect } = props
  const asked = widgetQueries(widget, state, project)
  const metrics = metricsOf(widget, project)
  funnelChunk.start()
  return (
    <WidgetFrame {...props} asked={asked}>
      {([answer]) => {
        const steps = metrics.map(({ name, label }, index) => ({
          key: name,
          label,
          color: `var(--heat-${Math.max(4, 8 - index)})`,
          value: asNumber(answer?.rows[0]?.[name]),
        }))
        return (
          <Steps
            steps={steps}
            format={metrics[0]?.format ?? { type: 'number' }}
            title={widget.title}
            onSelect={onSelect}
          />
        )
      }}
    </WidgetFrame>
  )
}

interface Props {
  readonly steps: readonly Part[]
  readonly format: MetricFormat
  readonly title: string
  readonly onSelect: OnSelect | undefined
}

function Steps({ steps, format, title, onSelect }: Props) {
  const Funnel = useChunk(funnelChunk)
  const [ref, { width, height }] = useSize<HTMLDivElement>()
  const first = steps[0]?.value ?? null
  const last = steps.at(-1)?.value ?? null
  const overall = share(last, first)
  const label = `${title}: ${steps.map((step) => `${step.label} ${formatValue(step.value, format, 'exact')}`).join(', ')}${overall === null ? '' : `; ${overall} reach the last step`}.`
  return (
    <div className="funnel">
      <div className="funnel-picture" ref={ref} role="img" aria-label={label}>
        <div className="funnel-inner">
          {Funnel !== null && width > 0 && <Funnel steps={steps} format={format} width={width} height={height} />}
        </div>
      </div>
      <ol className="funnel-steps">
        {steps.map(({ key, label: name, value }, index) => {
          const before = steps[index - 1]?.value ?? null
          const kept = index === 0 ? null : share(value, before)
          return (
            <li key={key}>
              {onSelect === undefined ? (
                <span className="funnel-label">{name}</span>
              ) : (
                <button
                  type="button"
                  className="funnel-label"
                  onClick={() => onSelect({ kind: 'mark', metric: key, values: [] })}
                >
                  {name}
                </button>
              )}
              <span className="funnel-value">{formatValue(value, format)}</span>
              <span className="funnel-kept">
                {kept === null ? 'start' : `${kept} of the step before`}
                {index > 1 && share(value, first) !== null ? ` · ${share(value, first)} in all` : ''}
              </span>
            </li>
          )
        })}
      </ol>
    </div>
  )
}

const share = (value: number | null, whole: number | null): string | null =>
  value === null || whole === null || whole === 0 ? null : `${((value / whole) * 100).toFixed(1)}%`
