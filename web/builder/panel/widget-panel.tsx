import { useEffect, useState } from 'react'
import type { Widget } from '../../../runtime/definitions/index.ts'
import { WidgetView } from '../../components/widget.tsx'
import { ChartChoice } from '../../explorer/chart-choice.tsx'
import { chartRefusal, suggestedType } from '../../explorer/chart-fit.ts'
import { drawnWidget } from '../../explorer/question.ts'
import {
  asType,
  definitionOf,
  EMPTY_FORM,
  missingIn,
  readForm,
  SHAPES,
  usualWidth,
  type WidgetForm,
  type WidgetType,
} from '../../explorer/widget-form.ts'
import type { PageState } from '../../queries/page-state.ts'
import type { Project } from '../../queries/project.ts'
import type { Problem } from '../editing/use-editor.ts'
import { Asked } from './asked-fields.tsx'
import { Looks } from './look-fields.tsx'
import { Panel } from './panel.tsx'

interface Props {
  readonly project: Project
  readonly state: PageState
  /** The widget that is edited; null for a new one. */
  readonly definition: Widget | null
  readonly problem: Problem | null
  readonly onChange: (definition: Widget) => void
  readonly onClose: () => void
}

const TYPES = Object.keys(SHAPES) as readonly WidgetType[]

/** What a widget shows. Changes of one that is there are drawn at once; a new one is looked at, then added. */
export function WidgetPanel({ project, state, definition, problem, onChange, onClose }: Props) {
  const isNew = definition === null
  const { form, change } = useForm(definition, project, onChange)
  const missing = lackOf(form, project)
  const add = () => onChange({ ...definitionOf(form), width: usualWidth(form.type) } as Widget)
  return (
    <Panel
      title={isNew ? 'Add a widget' : 'Edit widget'}
      onClose={onClose}
      footer={
        isNew ? (
          <button type="button" className="button button-primary" disabled={missing !== null} onClick={add}>
            Add to the dashboard
          </button>
        ) : (
          <button type="button" className="button" onClick={onClose}>
            Done
          </button>
        )
      }
      note={missing ?? problem?.message ?? null}
    >
      <section className="panel-part">
        <h3>Chart</h3>
        <ChartChoice
          types={TYPES}
          chosen={form.type}
          suggested={isNew && form.metrics.length > 0 ? suggestedType(form, project) : null}
          asked={form}
          project={project}
          onChange={(type) => change(asType(form, type), true)}
        />
      </section>
      {form.type === 'text' && (
        <label className="field">
          Text, in Markdown
          <textarea rows={10} value={form.text} onChange={({ target }) => change({ ...form, text: target.value })} />
        </label>
      )}
      {isNew && missing === null && form.metrics.length > 0 && (
        <div className="panel-preview">
          <WidgetView key={form.type} widget={drawnWidget(form, project, 'new')} {...{ state, project }} />
        </div>
      )}
      <Asked {...{ form, change, project, state }} />
      <Looks {...{ form, change, project }} definition={definition} onDefinition={onChange} />
    </Panel>
  )
}

/** Changes of a form; `settles` where a type was chosen by hand. */
export type ChangeForm = (next: WidgetForm, settles?: boolean) => void

function useForm(definition: Widget | null, project: Project, onChange: Props['onChange']) {
  const [form, setForm] = useState(() => (definition === null ? EMPTY_FORM : readForm(definition)))
  const [isSettled, setSettled] = useState(definition !== null)
  const given = JSON.stringify(definition)
  // Undo and redo change the widget behind the form's back.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for the definition.
  useEffect(() => {
    if (definition === null || missingIn(form) !== null) return
    if (JSON.stringify(definitionOf(form, definition)) !== given) setForm(readForm(definition))
  }, [given])
  const change: ChangeForm = (wanted, settles = false) => {
    if (settles) setSettled(true)
    // What files say already may stay, though nobody would be offered it.
    const before = definition === null ? null : lackOf(readForm(definition), project)
    const isFine = (next: WidgetForm) => [null, before].includes(lackOf(next, project))
    const fitted = isFine(wanted) ? wanted : fitting(wanted, project)
    const next = settles || isSettled ? fitted : asType(wanted, firstType(wanted, project))
    setForm(next)
    if (definition !== null && isFine(next)) onChange(definitionOf(next, definition))
  }
  return { form, change }
}

const firstType = (form: WidgetForm, project: Project): WidgetType =>
  form.metrics.length === 0 ? form.type : suggestedType(form, project)

/** What was asked anew may need another chart: one that can show it. */
function fitting(form: WidgetForm, project: Project): WidgetForm {
  if (form.metrics.length === 0 || lackOf(form, project) === null) return form
  // A chart that lacks a dimension waits for it.
  const waits = chartRefusal(form.type, form, project)?.startsWith('needs') === true
  return waits ? form : asType(form, suggestedType(form, project))
}

/** Why a form cannot be drawn; null where it can. */
function lackOf(form: WidgetForm, project: Project): string | null {
  const missing = missingIn(form)
  if (missing !== null || form.metrics.length === 0) return missing
  const reason = chartRefusal(form.type, form, project)
  return reason === null ? null : `${SHAPES[form.type].label}: ${reason}.`
}
