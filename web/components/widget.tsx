import { ErrorBoundary } from 'react-error-boundary'
import { AlertsWidget } from '../widgets/alerts-widget.tsx'
import { FunnelWidget } from '../widgets/funnel-widget.tsx'
import { GaugeWidget } from '../widgets/gauge-widget.tsx'
import { HeatmapWidget } from '../widgets/heatmap-widget.tsx'
import { KanbanWidget } from '../widgets/kanban-widget.tsx'
import { KpiWidget } from '../widgets/kpi-widget.tsx'
import { MapWidget } from '../widgets/map-widget.tsx'
import { PartsWidget } from '../widgets/parts-widget.tsx'
import { TableWidget } from '../widgets/table-widget.tsx'
import { TextWidget } from '../widgets/text-widget.tsx'
import { TimeWidget } from '../widgets/time-widget.tsx'
import type { WidgetProps } from '../widgets/widget-props.ts'
import { Card } from './card.tsx'
import { Failure } from './states.tsx'
import '../widgets/widgets.css'

/** A widget by its type, which knows its metrics from the project alone. One that cannot be drawn leaves the others. */
export function WidgetView(props: WidgetProps) {
  const { widget, state, menu } = props
  return (
    <ErrorBoundary
      resetKeys={[widget, state]}
      fallbackRender={({ error, resetErrorBoundary }) => (
        <Card
          title={widget.title}
          description={widget.definition.description}
          width={widget.width}
          loading={false}
          drill={widget.definition.drill}
          height={widget.definition.height}
          tools={menu}
        >
          <Failure title="This could not be drawn" error={toError(error)} retry={resetErrorBoundary} height={120} />
        </Card>
      )}
    >
      <ByType {...props} />
    </ErrorBoundary>
  )
}

const toError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)))

function ByType(props: WidgetProps) {
  const { definition } = props.widget
  switch (definition.type) {
    case 'kpi':
      return <KpiWidget {...props} />
    case 'line':
    case 'area':
      return <TimeWidget {...props} definition={definition} />
    case 'bar': {
      const isOverTime = definition.grain !== undefined || definition.by === undefined
      return isOverTime ? (
        <TimeWidget {...props} definition={definition} />
      ) : (
        <PartsWidget {...props} definition={definition} />
      )
    }
    case 'donut':
      return <PartsWidget {...props} definition={definition} />
    case 'map':
      return <MapWidget {...props} definition={definition} />
    case 'heatmap':
      return <HeatmapWidget {...props} definition={definition} />
    case 'gauge':
      return <GaugeWidget {...props} definition={definition} />
    case 'funnel':
      return <FunnelWidget {...props} />
    case 'kanban':
      return <KanbanWidget {...props} definition={definition} />
    case 'table':
      return <TableWidget {...props} definition={definition} />
    case 'alerts':
      return <AlertsWidget {...props} definition={definition} />
    case 'text':
      return <TextWidget {...props} text={definition.text} />
  }
}
