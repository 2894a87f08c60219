import { type ReactNode, useState } from 'react'
import { Popover } from '../components/popover.tsx'
import { valueText } from '../queries/filters.ts'
import type { FilterProps } from './filter-props.ts'

interface Props extends Pick<FilterProps, 'filter' | 'values' | 'onChange' | 'project'> {
  /** The choices, which are a draft until the list closes. */
  readonly children: (chosen: readonly string[], choose: (values: readonly string[]) => void) => ReactNode
}

/** The button and list of a filter. What is ticked holds when the list closes; Escape takes it back. */
export function DraftFilter({ filter, values, onChange, project, children }: Props) {
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
          {values.length > 0 && <span className="filter-value">{valueText({ filter, values }, project)}</span>}
          <span className="caret" aria-hidden="true" />
        </>
      }
      onClose={(how) => (how === 'escape' ? setDraft(null) : apply())}
    >
      {(close) => (
        <div className="options">
          {children(chosen, setDraft)}
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
