import { useState } from 'react'
import { formatValue } from '../format/value.ts'
import type { MetricInfo } from '../queries/project.ts'
import { DraftFilter } from './draft-filter.tsx'
import type { FilterProps } from './filter-props.ts'
import { OptionSearch } from './option-search.tsx'
import { isBelow, searchTree, type TreeNode, togglePath, treeOf } from './tree-nodes.ts'
import { useOptions } from './use-options.ts'

/** Units of a hierarchy, nested; a unit stands for all below it. */
export function UnitTree({ filter, values, onChange, ...rest }: FilterProps) {
  return (
    <DraftFilter filter={filter} values={values} onChange={onChange} project={rest.project}>
      {(chosen, choose) => <Units filter={filter} values={chosen} onChange={choose} {...rest} />}
    </DraftFilter>
  )
}

function Units({ filter, values, onChange, state, project, metrics }: FilterProps) {
  const [search, setSearch] = useState('')
  const { options, metric, error, loading } = useOptions(filter, state, project, metrics, '')
  const nodes = searchTree(treeOf(options ?? []), search.trim())
  return (
    <>
      <OptionSearch label={filter.label} value={search} onChange={setSearch} />
      <div className="options-list" aria-busy={loading}>
        {error !== null && <p className="options-note">{error.message}</p>}
        {options === null && error === null && <p className="options-note">Looking up values…</p>}
        {options !== null && nodes.length === 0 && <p className="options-note">Nothing to choose in this range</p>}
        <ul className="tree">
          {nodes.map((node) => (
            <Unit
              key={node.path}
              node={node}
              chosen={values}
              metric={metric}
              open={search !== '' || nodes.length < 4}
              onToggle={(path) => onChange(togglePath(values, path))}
            />
          ))}
        </ul>
      </div>
    </>
  )
}

interface UnitProps {
  readonly node: TreeNode
  readonly chosen: readonly string[]
  readonly metric: MetricInfo | null
  readonly open: boolean
  readonly onToggle: (path: string) => void
}

function Unit({ node, chosen, metric, open, onToggle }: UnitProps) {
  const [isOpen, setOpen] = useState(open || chosen.some((path) => isBelow(path, node.path)))
  const covered = chosen.some((path) => isBelow(node.path, path))
  const partly = chosen.some((path) => isBelow(path, node.path))
  return (
    <li>
      <div className="tree-row">
        {node.children.length > 0 ? (
          <button
            type="button"
            className="tree-toggle"
            aria-expanded={isOpen}
            aria-label={`${isOpen ? 'Close' : 'Open'} ${node.label}`}
            onClick={() => setOpen(!isOpen)}
          />
        ) : (
          <span className="tree-space" />
        )}
        <label className="option">
          <input
            type="checkbox"
            checked={covered || chosen.includes(node.path)}
            disabled={covered}
            ref={(input) => {
              if (input !== null) input.indeterminate = partly
            }}
            onChange={() => onToggle(node.path)}
          />
          <span className="option-label">{node.label === '' ? '(none)' : node.label}</span>
          {metric !== null && (
            <span className="option-count" title={metric.label}>
              {formatValue(node.count, metric.format)}
            </span>
          )}
        </label>
      </div>
      {isOpen && node.children.length > 0 && (
        <ul className="tree">
          {node.children.map((child) => (
            <Unit key={child.path} node={child} chosen={chosen} metric={metric} open={open} onToggle={onToggle} />
          ))}
        </ul>
      )}
    </li>
  )
}
