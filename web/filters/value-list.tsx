import { useState } from 'react'
import { Popover } from '../components/popover.tsx'
import { formatValue } from '../format/value.ts'
import { valueText } from '../queries/filters.ts'
import type { FilterProps } from './filter-props.ts'
import { type Option, useOptions } from './use-options.ts'

/** Several values of one dimension, found by search. What is ticked holds when the list closes. */
export function ValueList({ filter, values, onChange, ...rest }: FilterProps) {
  const [draft, setDraft] = useState<readonly string[] | null>(null)
  const chosen = draft ?? values
  const apply = () => {
    if (draft !== null) onChange(draft)
    setDraft(null)
  }
  return (
    <Popover
      className={`button filter${values.length > 0 ? ' filter-active' : ''}`}
      name={`Filter by ${filter.label}`}
      label={
        <>
          {filter.label}
          {values.length > 0 && <span className="filter-value">{valueText({ filter, values })}</span>}
          <span className="caret" aria-hidden="true" />
        </>
      }
      onClose={(how) => (how === 'escape' ? setDraft(null) : apply())}
    >
      {(close) => (
        <div className="options">
          <Values filter={filter} values={chosen} onChange={setDraft} {...rest} />
          <footer className="options-footer">
            <button type="button" className="link-button" disabled={chosen.length === 0} onClick={() => setDraft([])}>
              Clear
            </button>
            <button type="button" className="button button-primary" onClick={close}>
              Apply
            </button>
          </footer>
        </div>
      )}
    </Popover>
  )
}

function Values({ filter, values, onChange, state, project, metrics }: FilterProps) {
  const [search, setSearch] = useState('')
  const asked = useOptions(filter, state, project, metrics, search.trim())
  const { options, metric, loading, error, more } = asked
  const shown = withChosen(options ?? [], search === '' ? values : [])
  const toggle = (value: string) =>
    onChange(values.includes(value) ? values.filter((other) => other !== value) : [...values, value])
  return (
    <>
      <input
        type="search"
        className="search-input"
        placeholder={`Search ${filter.label.toLowerCase()}`}
        aria-label={`Search ${filter.label}`}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
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
            <span className="option-label">{value === '' ? '(none)' : value}</span>
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
