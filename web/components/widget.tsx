import type { PageState } from '../queries/page-state.ts'
import type { Project, WidgetInfo } from '../queries/project.ts'
import { Card } from './card.tsx'
import { ChartCard } from './chart-card.tsx'
import { KpiCard } from './kpi-card.tsx'

interface Props {
  readonly widget: WidgetInfo
  readonly state: PageState
  readonly project: Project
}

/** A widget by its type. It knows its metrics from the project alone. */
export function WidgetView({ widget, state, project }: Props) {
  const { definition, query } = widget
  const names = query?.metrics ?? []
  const metrics = names.flatMap((name) => project.metrics.find((metric) => metric.name === name) ?? [])
  const [metric] = metrics
  if (definition.type === 'text') {
    return (
      <Card
        title={widget.title}
        description={undefined}
        width={widget.width}
        loading={false}
        drill={undefined}
        kind="text"
      >
        <p className="text">{definition.text}</p>
      </Card>
    )
  }
  if (metric !== undefined && definition.type === 'kpi') {
    return <KpiCard widget={widget} metric={metric} state={state} project={project} />
  }
  return <ChartCard widget={widget} metrics={metrics} state={state} project={project} />
}
