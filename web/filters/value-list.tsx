import { useState } from 'react'
import { formatValue } from '../format/value.ts'
import { looksOf } from '../format/value-looks.ts'
import { DraftFilter } from './draft-filter.tsx'
import type { FilterProps } from './filter-props.ts'
import { OptionSearch } from './option-search.tsx'
import { type Option, useOptions } from './use-options.ts'

/** Several values of one dimension, found by search. */
export function ValueList({ filter, values, onChange, ...rest }: FilterProps) {
  return (
    <DraftFilter filter={filter} values={values} onChange={onChange} project={rest.project}>
      {(chosen, choose) => <Values filter={filter} values={chosen} onChange={choose} {...rest} />}
    </DraftFilter>
  )
}

function Values({ filter, values, onChange, state, project, metrics }: FilterProps) {
  const [search, setSearch] = useState('')
  const asked = useOptions(filter, state, project, metrics, search.trim())
  const { options, metric, loading, error, more } = asked
  const { textOf } = looksOf(filter.levels[0] ?? '', project)
  const shown = withChosen(options ?? [], search === '' ? values : [])
  const toggle = (value: string) =>
    onChange(values.includes(value) ? values.filter((other) => other !== value) : [...values, value])
  return (
    <>
      <OptionSearch label={filter.label} value={search} onChange={setSearch} />
      <fieldset className="options-list" aria-busy={loading}>
        <legend className="sr-only">{filter.label}</legend>
        {error !== null && <p className="options-note">{error.message}</p>}
        {options === null && error === null && <p className="options-note">Looking up values…</p>}
        {options !== null && shown.length === 0 && (
          <p className="options-note">{search === '' ? 'No values in this range' : `Nothing is like “${search}”`}</p>
        )}
        {shown.map(({ values: [value = ''], count }) => (
          <label className="option" key={value}>
            <input type="checkbox" checked={values.includes(value)} onChange={() => toggle(value)} />
            <span className="option-label">{textOf(value)}</span>
            {count !== null && metric !== null && (
              <span className="option-count" title={metric.label}>
                {formatValue(count, metric.format)}
              </span>
            )}
          </label>
        ))}
        {more && <p className="options-note">There are more: search for them.</p>}
      </fieldset>
    </>
  )
}

/** What is chosen stays in sight, though it has no rows at the moment. */
function withChosen(options: readonly Option[], chosen: readonly string[]): readonly Option[] {
  const missing = chosen.filter((value) => !options.some(({ values }) => values[0] === value))
  return [...missing.map((value) => ({ values: [value], count: null })), ...options]
}
