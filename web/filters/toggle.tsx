import { looksOf } from '../format/value-looks.ts'
import type { FilterProps } from './filter-props.ts'

/** One of few values, or all. */
export function Toggle({ filter, values, onChange, project }: FilterProps) {
  const dimension = project.dimensions.find(({ name }) => name === filter.levels[0])
  const known = (dimension?.values ?? (dimension?.type === 'boolean' ? [true, false] : [])).map(String)
  const { textOf } = looksOf(filter.levels[0] ?? '', project)
  const isBoolean = dimension?.type === 'boolean'
  const shown = [...known, ...values.filter((value) => !known.includes(value))]
  return (
    <fieldset className="segmented">
      <legend className="sr-only">{filter.label}</legend>
      <span className="segmented-label" aria-hidden="true">
        {filter.label}
      </span>
      <button type="button" className="segment" aria-pressed={values.length === 0} onClick={() => onChange([])}>
        All<span className="sr-only"> of {filter.label}</span>
      </button>
      {shown.map((value) => (
        <button
          key={value}
          type="button"
          className="segment"
          aria-pressed={values.includes(value)}
          onClick={() => onChange(values.length === 1 && values[0] === value ? [] : [value])}
        >
          {isBoolean ? `${filter.label}: ${value === 'true' ? 'yes' : 'no'}` : textOf(value)}
        </button>
      ))}
    </fieldset>
  )
}
