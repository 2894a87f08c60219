import type { Widget } from '../../../runtime/definitions/index.ts'
import { SHAPES, type WidgetForm } from '../../explorer/widget-form.ts'
import { OPTIONS, type OptionKey } from '../../explorer/widget-options.ts'
import type { Project } from '../../queries/project.ts'
import { COLUMNS, TALLEST } from '../editing/edit.ts'
import type { ChangeForm } from './widget-panel.tsx'

interface Props {
  readonly form: WidgetForm
  readonly change: ChangeForm
  readonly project: Project
  readonly definition: Widget | null
  readonly onDefinition: (definition: Widget) => void
}

/** What it is called, what its type offers besides, and how large it is. */
export function Looks({ form, change, project, definition, onDefinition }: Props) {
  const metric = project.metrics.find(({ name }) => name === form.metrics[0])
  const size = (key: 'width' | 'height', most: number) => (
    <label className="field">
      {key === 'width' ? 'Width, of 12 columns' : 'Height, in rows'}
      <input
        type="number"
        min={1}
        max={most}
        value={definition?.[key] ?? ''}
        placeholder="By itself"
        onChange={({ target }) => {
          if (definition === null) return
          const { [key]: _before, ...others } = definition
          const value = Math.round(Number(target.value))
          const next = target.value === '' ? others : { ...others, [key]: Math.min(most, Math.max(1, value)) }
          onDefinition(next as Widget)
        }}
      />
    </label>
  )
  return (
    <>
      <label className="field">
        Title
        <input
          value={form.title}
          maxLength={200}
          placeholder={metric === undefined ? 'None' : 'That of what it shows'}
          onChange={({ target }) => change({ ...form, title: target.value })}
        />
      </label>
      <label className="field">
        Explanation
        <input
          value={form.description}
          placeholder={metric === undefined ? 'None' : 'That of the metric'}
          onChange={({ target }) => change({ ...form, description: target.value })}
        />
      </label>
      {SHAPES[form.type].options.length > 0 && (form.metrics.length > 0 || form.type === 'alerts') && (
        <div className="panel-options">
          {SHAPES[form.type].options.map((key) => (
            <OptionField key={key} name={key} form={form} change={change} />
          ))}
        </div>
      )}
      {metric?.thresholds != null && ['kpi', 'gauge', 'kanban'].includes(form.type) && (
        <p className="options-note">
          Colours follow the thresholds of {metric.label}: good at {metric.thresholds.good}, needs work at{' '}
          {metric.thresholds.warn}.
        </p>
      )}
      {definition !== null && (
        <div className="panel-options">
          {size('width', COLUMNS)}
          {size('height', TALLEST)}
        </div>
      )}
    </>
  )
}

interface OptionProps extends Pick<Props, 'form' | 'change'> {
  readonly name: OptionKey
}

function OptionField({ name, form, change }: OptionProps) {
  const { label, kind, choices = [], hint } = OPTIONS[name]
  const value = form.options[name]
  const set = (next: string | number | boolean | undefined) => {
    const { [name]: _before, ...others } = form.options
    change({ ...form, options: next === undefined ? others : { ...others, [name]: next } })
  }
  if (kind === 'flag') {
    return (
      <label className="option">
        <input
          type="checkbox"
          checked={value !== false}
          onChange={({ target }) => set(target.checked ? undefined : false)}
        />
        {label}
      </label>
    )
  }
  if (kind === 'choice') {
    return (
      <label className="field">
        {label}
        <select value={String(value ?? '')} onChange={({ target }) => set(target.value || undefined)}>
          {choices.map(([choice, text]) => (
            <option key={choice} value={choice}>
              {text}
            </option>
          ))}
        </select>
      </label>
    )
  }
  return (
    <label className="field">
      {label}
      <input
        type="number"
        step="any"
        title={hint}
        value={typeof value === 'number' ? value : ''}
        onChange={({ target }) => set(target.value === '' ? undefined : Number(target.value))}
      />
    </label>
  )
}
