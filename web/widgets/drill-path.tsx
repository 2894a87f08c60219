import { useState } from 'react'
import type { QueryDefinition, Widget } from '../../runtime/definitions/index.ts'
import { looksOf } from '../format/value-looks.ts'
import type { Project } from '../queries/project.ts'
import type { WidgetQueries } from '../queries/widget-queries.ts'
import { narrow } from './narrow.ts'
import type { SelectedValue } from './widget-props.ts'

export interface DrillPath {
  /** The dimension that is shown now. */
  readonly by: string
  readonly path: readonly SelectedValue[]
  /** True where a mark opens another level. */
  readonly isOpenable: boolean
  readonly open: (value: SelectedValue['value']) => void
  readonly back: (length: number) => void
}

type Drillable = Extract<Widget, { type: 'bar' | 'donut' | 'map' }>

/** Where somebody is in the levels that the marks of a widget open. */
export function useDrillPath(definition: Drillable): DrillPath {
  const [path, setPath] = useState<readonly SelectedValue[]>([])
  const levels = [definition.by ?? '', ...(definition.drill_by ?? [])]
  const by = levels[path.length] ?? levels[0] ?? ''
  return {
    by,
    path,
    isOpenable: path.length < levels.length - 1,
    open: (value) => setPath([...path, { dimension: by, value }]),
    back: (length) => setPath(path.slice(0, length)),
  }
}

/** The queries of a widget at the level that is open. */
export function drilled(asked: WidgetQueries, { by, path }: DrillPath): WidgetQueries {
  if (path.length === 0) return asked
  const queries = asked.queries.map((query): QueryDefinition => narrow({ ...query, by: [by] }, path))
  return { ...asked, queries }
}

/** Where one is, and the way back. */
export function Breadcrumbs({ path, back, project }: Pick<DrillPath, 'path' | 'back'> & { readonly project: Project }) {
  if (path.length === 0) return null
  return (
    <nav className="breadcrumbs" aria-label="Levels">
      <button type="button" className="text-button" onClick={() => back(0)}>
        All
      </button>
      {path.map(({ dimension, value }, index) => (
        <span key={dimension}>
          <span aria-hidden="true"> › </span>
          {index === path.length - 1 ? (
            <span aria-current="location">{looksOf(dimension, project).textOf(value)}</span>
          ) : (
            <button type="button" className="text-button" onClick={() => back(index + 1)}>
              {looksOf(dimension, project).textOf(value)}
            </button>
          )}
        </span>
      ))}
    </nav>
  )
}
