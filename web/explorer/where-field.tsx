import { useState } from 'react'
import { ValueList } from '../filters/value-list.tsx'
import { conditionOf, dimensionFilter, shortName } from '../queries/filters.ts'
import type { PageState } from '../queries/page-state.ts'
import type { Project } from '../queries/project.ts'
import { fullName, writtenName } from './chart-fit.ts'
import { type Condition, readConditions, writeConditions } from './conditions.ts'

interface Props {
  readonly value: string
  readonly onChange: (where: string) => void
  readonly project: Project
  readonly state: PageState
  readonly metrics: readonly string[]
  /** Dimensions that all metrics have. */
  readonly offered: readonly string[]
}

/** Which rows count: values of dimensions to choose from, or any filter as text. */
export function WhereField(props: Props) {
  const { value, onChange } = props
  const [asText, setAsText] = useState(false)
  const conditions = readConditions(value)
  if (asText || conditions === null) {
    return (
      <div className="where-field">
        <WhereText key={value} value={value} onChange={onChange} />
        {conditions !== null && (
          <button type="button" className="link-button" onClick={() => setAsText(false)}>
            Choose values
          </button>
        )}
      </div>
    )
  }
  return <Chosen {...props} conditions={conditions} onText={() => setAsText(true)} />
}

interface ChosenProps extends Props {
  readonly conditions: readonly Condition[]
  readonly onText: () => void
}

function Chosen({ conditions, onText, onChange, project, state, metrics, offered }: ChosenProps) {
  const [added, setAdded] = useState<string | null>(null)
  const filterOf = (name: string) => {
    const dimension = project.dimensions.find((one) => one.name === fullName(name, offered))
    return dimension === undefined ? null : { ...dimensionFilter(dimension, project), kind: 'list' as const }
  }
  const named = conditions.map((one) => ({ ...one, filter: filterOf(one.dimension) }))
  const pending = added === null ? null : filterOf(added)
  const shown = [
    ...named,
    ...(pending === null || added === null ? [] : [{ dimension: added, values: [], filter: pending }]),
  ]
  const set = (dimension: string, values: readonly string[]) => {
    const others = shown.map((one) => (one.dimension === dimension ? { ...one, values } : one))
    setAdded(null)
    onChange(
      writeConditions(
        others.flatMap(({ filter, values: list }) => {
          if (filter === null || list.length === 0) return []
          const text = conditionOf({ filter, values: list }, project)
          const [full = ''] = filter.levels
          return [text.replaceAll(`{${full}}`, `{${writtenName(full, offered)}}`)]
        }),
      ),
    )
  }
  const left = project.dimensions.filter(
    ({ name, type }) =>
      offered.includes(name) && type !== 'time' && !shown.some(({ filter }) => filter?.levels[0] === name),
  )
  return (
    <div className="where-field">
      {shown.map(({ dimension, values, filter }) =>
        filter === null ? (
          <code key={dimension}>{dimension}</code>
        ) : (
          <ValueList
            key={dimension}
            {...{ filter, values, project, metrics }}
            state={{ ...state, filters: [] }}
            onChange={(next) => set(dimension, next)}
          />
        ),
      )}
      <select
        className="where-add"
        aria-label="Add a filter"
        value=""
        disabled={left.length === 0}
        onChange={({ target }) => setAdded(target.value)}
      >
        <option value="">+ Filter</option>
        {left.map(({ name, label }) => (
          <option key={name} value={name}>
            {label} ({name.split('.')[0]?.replaceAll('_', ' ')} · {shortName(name)})
          </option>
        ))}
      </select>
      <button type="button" className="link-button" onClick={onText}>
        As text
      </button>
    </div>
  )
}

function WhereText({ value, onChange }: Pick<Props, 'value' | 'onChange'>) {
  const [text, setText] = useState(value)
  const commit = () => text.trim() !== value && onChange(text.trim())
  return (
    <input
      className="where-text"
      aria-label="Only rows where"
      value={text}
      placeholder="{status} = 'failed'"
      onChange={({ target }) => setText(target.value)}
      onBlur={commit}
      onKeyDown={({ key }) => key === 'Enter' && commit()}
    />
  )
}
