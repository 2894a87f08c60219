import { type CSSProperties, type KeyboardEvent, memo, type PointerEvent, useState } from 'react'
import type { Widget } from '../../../runtime/definitions/index.ts'
import { WidgetView } from '../../components/widget.tsx'
import { readForm, SHAPES } from '../../explorer/widget-form.ts'
import type { PageState } from '../../queries/page-state.ts'
import type { Project, WidgetInfo } from '../../queries/project.ts'
import { COLUMNS, type Direction, type EditedWidget, TALLEST } from '../editing/edit.ts'
import type { Problem } from '../editing/use-editor.ts'
import { ResizeHandle } from './resize-handle.tsx'
import { TileTools } from './tile-tools.tsx'

/** What can be done with a widget. */
export interface TileDeeds {
  readonly open: () => void
  readonly step: (direction: Direction) => void
  readonly ownRow: () => void
  readonly resize: (size: { readonly width?: number; readonly height?: number }) => void
  readonly duplicate: () => void
  readonly remove: () => void
  readonly drag: (event: PointerEvent) => void
}

interface Props {
  readonly widget: EditedWidget
  /** What the server makes of it; undefined while that is not known, or where it is not sound. */
  readonly drawn: WidgetInfo | undefined
  readonly state: PageState
  readonly project: Project
  readonly place: string
  readonly problem: Problem | null
  readonly isChosen: boolean
  readonly isDragged: boolean
  readonly mark: 'before' | 'after' | null
  readonly deeds: TileDeeds
}

const STEPS = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' } as const
/** Rows of 80 px that a chart takes where nothing is said. */
const USUAL_HEIGHT = 4

/** A widget to be moved, resized, changed and removed. */
export function Tile(props: Props) {
  const { widget, drawn, place, problem, isChosen, isDragged, mark, deeds } = props
  const { definition } = widget
  const [dragWidth, setDragWidth] = useState<number | null>(null)
  const width = definition.width ?? drawn?.width ?? COLUMNS
  const shown = dragWidth ?? width
  const name = nameOf(definition, drawn, props.project)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    const run = deedOf(event, { deeds, width, height: definition.height ?? USUAL_HEIGHT })
    if (run === null) return
    event.preventDefault()
    run()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields.
    <div
      className="tile"
      role="group"
      aria-roledescription="widget"
      aria-label={`${name}, ${place}`}
      aria-describedby="editor-hint"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a widget is moved by keys while it has the focus.
      tabIndex={0}
      data-place={widget.key}
      data-chosen={isChosen}
      data-dragged={isDragged}
      data-mark={mark}
      data-kpi={definition.type === 'kpi'}
      style={{ '--columns': shown } as CSSProperties}
      onKeyDown={onKeyDown}
    >
      {drawn === undefined || problem?.severity === 'error' ? (
        <Unsound name={name} problem={problem} kind={definition.type === 'kpi' ? 'kpi' : 'chart'} />
      ) : (
        <Picture widget={drawn} state={props.state} project={props.project} />
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys do the same on the widget itself. */}
      <div
        className="tile-cover"
        onPointerDown={(event) => event.pointerType !== 'touch' && deeds.drag(event)}
        onDoubleClick={deeds.open}
      />
      <TileTools {...{ name, width, deeds }} />
      <ResizeHandle
        name={name}
        width={width}
        onDrag={setDragWidth}
        onResize={(next) => deeds.resize({ width: next })}
      />
      {dragWidth !== null && <div className="tile-size">{dragWidth} of 12</div>}
    </div>
  )
}

/** What a widget is called, also while it is not sound. */
function nameOf(definition: Widget, drawn: WidgetInfo | undefined, { metrics }: Project): string {
  const [first] = readForm(definition).metrics
  const label = metrics.find(({ name }) => name === first)?.label
  return definition.title || drawn?.title || label || SHAPES[definition.type].label
}

interface Sized {
  readonly deeds: TileDeeds
  readonly width: number
  readonly height: number
}

function deedOf({ key, shiftKey }: KeyboardEvent, { deeds, width, height }: Sized): (() => void) | null {
  const direction = STEPS[key as keyof typeof STEPS]
  if (direction !== undefined && shiftKey) {
    const by = direction === 'right' || direction === 'down' ? 1 : -1
    const isWidth = direction === 'left' || direction === 'right'
    const within = (value: number, most: number) => Math.min(most, Math.max(1, value))
    return () =>
      deeds.resize(isWidth ? { width: within(width + by, COLUMNS) } : { height: within(height + by, TALLEST) })
  }
  if (direction !== undefined) return () => deeds.step(direction)
  if (key === 'Delete' || key === 'Backspace') return deeds.remove
  if (key === 'Enter' || key === 'e') return deeds.open
  return key === 'd' ? deeds.duplicate : null
}

/** Drawn anew only when it is another one: dragging others changes nothing in it. */
const Picture = memo(({ widget, state, project }: Pick<Props, 'state' | 'project'> & { widget: WidgetInfo }) => (
  <div className="tile-picture" inert>
    <WidgetView widget={widget} state={state} project={project} />
  </div>
))

interface UnsoundProps {
  readonly name: string
  readonly problem: Problem | null
  readonly kind: 'kpi' | 'chart'
}

function Unsound({ name, problem, kind }: UnsoundProps) {
  return (
    <section className="card tile-unsound" data-kind={kind} aria-label={name}>
      <h3 className="card-title">{name}</h3>
      {problem === null ? (
        <div className="skeleton" style={{ height: 72 }} />
      ) : (
        <div className="tile-problem" role="alert">
          <p>{problem.message}</p>
          {problem.hint !== undefined && <p>{problem.hint}</p>}
        </div>
      )}
    </section>
  )
}
