import { Fragment, useEffect, useRef } from 'react'
import type { PageState } from '../../queries/page-state.ts'
import type { Project } from '../../queries/project.ts'
import { applyEdit, type Direction, type Edit, freshKey, placeText, stepOf, type Target } from '../editing/edit.ts'
import type { Editor } from '../editing/use-editor.ts'
import { DragGhost } from './drag-ghost.tsx'
import { RowHeader } from './row-header.tsx'
import { Tile, type TileDeeds } from './tile.tsx'
import { useDrag } from './use-drag.ts'
import './grid.css'

interface Props {
  readonly editor: Editor
  readonly project: Project
  readonly state: PageState
  /** The widget whose panel is open. */
  readonly chosen: string | null
  readonly onOpen: (widget: string) => void
  readonly onAdd: (to: Target) => void
  /** Tells those who do not see it what happened. */
  readonly say: (text: string) => void
}

/** The rows of a dashboard to be arranged. */
export function EditorGrid({ editor, project, state, chosen, onOpen, onAdd, say }: Props) {
  const { edited, edit, drawn } = editor
  const focus = useFocusAfter(edited)
  const doAndSay = (made: Edit, text: (next: typeof edited) => string) => {
    edit(made)
    say(text(applyEdit(edited, made)))
  }
  const move = (widget: string, to: Target) => {
    focus(widget)
    doAndSay({ type: 'move', widget, to }, (next) => `Moved to ${placeText(next, widget)}`)
  }
  const { dragged, target, start } = useDrag(edited, move)
  const deedsOf = (widget: string): TileDeeds => ({
    open: () => onOpen(widget),
    step: (direction: Direction) => {
      const to = stepOf(edited, widget, direction)
      if (to === null) say('It cannot go further')
      else move(widget, to)
    },
    ownRow: () => move(widget, { kind: 'new_row', index: 1 + edited.rows.findIndex((row) => hasWidget(row, widget)) }),
    resize: (size) =>
      doAndSay({ type: 'resize', widget, ...size }, () =>
        size.width === undefined ? `${size.height} rows high` : `${size.width} of 12 columns wide`,
      ),
    duplicate: () => {
      const key = freshKey(edited, 'w')
      focus(key)
      doAndSay({ type: 'duplicate', widget, key }, (next) => `Duplicated: ${placeText(next, key)}`)
    },
    remove: () => {
      focus(neighbourOf(edited.rows, widget))
      doAndSay({ type: 'remove', widget }, () => 'Removed. Ctrl+Z brings it back')
    },
    drag: (event) => start(event, widget),
  })
  if (edited.rows.length === 0) {
    return (
      <div className="editor-empty">
        <p className="state-title">Nothing is on this dashboard yet</p>
        <p className="state-text">Pick a metric in the panel, or begin with a text.</p>
      </div>
    )
  }
  return (
    <div className="editor-rows" data-dragging={dragged !== null}>
      <p className="editor-hint" id="editor-hint">
        Drag widgets, or focus one: arrow keys move it, Shift and arrows resize it, Enter edits it, Delete removes it.
      </p>
      {edited.rows.map((row, index) => (
        <Fragment key={row.key}>
          <Gap {...{ index, target, onAdd }} />
          <section className="editor-row" data-row={row.key} aria-label={row.title || `Row ${index + 1}`}>
            <RowHeader {...{ row, index, count: edited.rows.length, edit, onAdd }} />
            <div className="grid">
              {row.widgets.map((widget, place) => (
                <Tile
                  key={widget.key}
                  {...{ widget, state, project }}
                  drawn={drawn.widgets.get(widget.key)}
                  place={placeText(edited, widget.key)}
                  problem={drawn.problems.find(({ key }) => key === widget.key) ?? null}
                  isChosen={chosen === widget.key}
                  isDragged={dragged === widget.key}
                  mark={markAt(target, row.key, place, row.widgets.length)}
                  deeds={deedsOf(widget.key)}
                />
              ))}
            </div>
          </section>
        </Fragment>
      ))}
      <Gap {...{ index: edited.rows.length, target, onAdd }} />
      {dragged !== null && <DragGhost name={drawn.widgets.get(dragged)?.title ?? 'Widget'} />}
    </div>
  )
}

interface GapProps {
  readonly index: number
  readonly target: Target | null
  readonly onAdd: (to: Target) => void
}

/** Where a new row begins. */
function Gap({ index, target, onAdd }: GapProps) {
  const isTarget = target?.kind === 'new_row' && target.index === index
  return (
    <div className="editor-gap" data-gap={index} data-target={isTarget}>
      <button
        type="button"
        className="editor-gap-add"
        aria-label={`Add row ${index + 1}`}
        onClick={() => onAdd({ kind: 'new_row', index })}
      >
        Add row
      </button>
    </div>
  )
}

type Rows = Editor['edited']['rows']

const hasWidget = ({ widgets }: Rows[number], key: string) => widgets.some((widget) => widget.key === key)

/** Which widget has the focus when one is taken away. */
function neighbourOf(rows: Rows, key: string): string | null {
  const keys = rows.flatMap(({ widgets }) => widgets.map((widget) => widget.key))
  const at = keys.indexOf(key)
  return keys[at + 1] ?? keys[at - 1] ?? null
}

/** On which side of the widget at a place what is dragged would go. */
function markAt(target: Target | null, row: string, place: number, count: number): 'before' | 'after' | null {
  if (target?.kind !== 'in_row' || target.row !== row) return null
  if (target.index === place) return 'before'
  return target.index === count && place === count - 1 ? 'after' : null
}

/** After a change a widget has the focus, wherever it went. */
function useFocusAfter(edited: unknown): (widget: string | null) => void {
  const wanted = useRef<string | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: after each change of what is edited.
  useEffect(() => {
    if (wanted.current === null) return
    document.querySelector<HTMLElement>(`[data-place="${wanted.current}"]`)?.focus({ preventScroll: false })
    wanted.current = null
  }, [edited])
  return (widget) => {
    wanted.current = widget
  }
}
