import type { Project } from '../queries/project.ts'
import { chartRefusal } from './chart-fit.ts'
import { SHAPES, type WidgetForm, type WidgetType } from './widget-form.ts'

interface Props {
  readonly types: readonly WidgetType[]
  readonly chosen: WidgetType
  /** What suits the question best. */
  readonly suggested: WidgetType | null
  readonly asked: Pick<WidgetForm, 'metrics' | 'by'>
  readonly project: Project
  readonly onChange: (type: WidgetType) => void
}

const PATHS: Readonly<Record<WidgetType, string>> = {
  kpi: 'M5 8l3-2v12M13 18h6M13 9a3 3 0 1 1 5.500 1.700L13 18',
  line: 'M3 17l5-6 4 3 8-9',
  area: 'M3 19v-6l5-4 5 3 8-7v14zM3 16l5-3 5 2 8-5',
  bar: 'M5 20v-8M12 20V5M19 20v-5',
  donut: 'M12 4a8 8 0 1 0 8 8h-4a4 4 0 1 1-4-4z',
  table: 'M4 5h16v14H4zM4 10h16M4 14.500h16M10 10v9',
  heatmap: 'M4 4h5v5H4zM10 4h4v5h-4zM15 4h5v5h-5zM4 10h5v4H4zM10 10h4v4h-4zM15 10h5v4h-5zM4 15h5v5H4zM15 15h5v5h-5z',
  map: 'M3 6l6-2 6 2 6-2v14l-6 2-6-2-6 2zM9 4v14M15 6v14',
  gauge: 'M4 17a8 8 0 1 1 16 0M12 17l4-6',
  kanban: 'M4 5h4v14H4zM10 5h4v9h-4zM16 5h4v6h-4z',
  funnel: 'M3 5h18l-6 8v6l-6-3v-3z',
  alerts: 'M6 16V11a6 6 0 1 1 12 0v5l2 2H4zM10 21h4',
  text: 'M5 6h14M12 6v13M9 19h6',
}

/** The types of widgets; those that cannot show what is asked say why. */
export function ChartChoice({ types, chosen, suggested, asked, project, onChange }: Props) {
  const all = types.map((type) => ({ type, refusal: chartRefusal(type, asked, project) }))
  const refused = all.filter(({ refusal }) => refusal !== null)
  return (
    <div className="chart-choice">
      <div className="chart-types" role="radiogroup" aria-label="Chart">
        {all.map(({ type, refusal }) => (
          // biome-ignore lint/a11y/useSemanticElements: pictures to press, of which one is chosen.
          <button
            key={type}
            type="button"
            role="radio"
            className="chart-type"
            aria-checked={type === chosen}
            disabled={refusal !== null && type !== chosen}
            title={refusal === null ? SHAPES[type].label : `${SHAPES[type].label}: ${refusal}`}
            onClick={() => onChange(type)}
          >
            <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
              <path d={PATHS[type]} />
            </svg>
            {SHAPES[type].label}
            {type === suggested && (
              <span className="chart-suggested" title="Suggested">
                ★<span className="sr-only"> suggested</span>
              </span>
            )}
          </button>
        ))}
      </div>
      {refused.length > 0 && asked.metrics.length > 0 && (
        <details className="chart-refused">
          <summary>Why not the others?</summary>
          <ul>
            {refused.map(({ type, refusal }) => (
              <li key={type}>
                <strong>{SHAPES[type].label}</strong> {refusal}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}
