import { fullName, writtenName } from '../../explorer/chart-fit.ts'
import { GrainField } from '../../explorer/grain-field.tsx'
import { Picker } from '../../explorer/picker.tsx'
import { dimensionItems, metricItems } from '../../explorer/picker-items.ts'
import { commonDimensions } from '../../explorer/question.ts'
import { WhereField } from '../../explorer/where-field.tsx'
import { SHAPES, type WidgetForm } from '../../explorer/widget-form.ts'
import type { PageState } from '../../queries/page-state.ts'
import type { Project } from '../../queries/project.ts'
import type { ChangeForm } from './widget-panel.tsx'

interface Props {
  readonly form: WidgetForm
  readonly change: ChangeForm
  readonly project: Project
  readonly state: PageState
}

/** What is asked: metrics, by what, over which time, of which rows. Only what works together can be chosen. */
export function Asked({ form, change, project, state }: Props) {
  const takes = SHAPES[form.type]
  if (takes.metrics === 'none') return null
  const chosen = project.metrics.filter(({ name }) => form.metrics.includes(name))
  const offered = commonDimensions(chosen)
  const isTimed = chosen.every(({ timed }) => timed)
  return (
    <>
      <Picker
        title="Metrics"
        items={metricItems(project, chosen, form.by)}
        chosen={form.metrics}
        onChange={(metrics) => change({ ...form, metrics })}
      />
      {chosen.length > 0 && (
        <Picker
          title="By"
          items={dimensionItems(project, chosen)}
          chosen={form.by.map((name) => fullName(name, offered))}
          onChange={(by) => change({ ...form, by: by.map((name) => writtenName(name, offered)) })}
        />
      )}
      {takes.grain && isTimed && (
        <GrainField
          className="field"
          value={form.grain}
          isOptional={form.type === 'table' || (form.type === 'bar' && form.by.length > 0)}
          onChange={(grain) => change({ ...form, grain })}
        />
      )}
      {chosen.length > 0 && (
        <div className="field">
          Only rows where
          <WhereField
            {...{ project, state, offered }}
            metrics={form.metrics}
            value={form.where}
            onChange={(where) => change({ ...form, where })}
          />
        </div>
      )}
    </>
  )
}
