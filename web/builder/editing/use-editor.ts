import { useEffect, useReducer, useRef, useState } from 'react'
import { type Definition, type Diagnosis, type DrawnDraft, drawDraft } from '../../queries/personal-dashboards.ts'
import type { DashboardInfo, WidgetInfo } from '../../queries/project.ts'
import { beginEdit, definitionOf, type Edit, type Edited } from './edit.ts'
import { beginHistory, takeStep } from './history.ts'
import { forgetDraft, keepDraft, keptDraft } from './kept-draft.ts'

const QUIET_MS = 250

export interface Editor {
  readonly edited: Edited
  readonly definition: Definition
  readonly edit: (edit: Edit) => void
  readonly undo: (() => void) | null
  readonly redo: (() => void) | null
  /** Back to what is saved. */
  readonly discard: () => void
  readonly isChanged: boolean
  /** When what is edited had been changed before. */
  readonly base: string
  /** When unsaved changes were made that were brought back; null where none were. */
  readonly broughtBack: string | null
  readonly drawn: Drawn
}

export interface Drawn {
  readonly dashboard: DashboardInfo | null
  /** What the server makes of each widget, by its key. */
  readonly widgets: ReadonlyMap<string, WidgetInfo>
  readonly problems: readonly Problem[]
  /** False until all that is edited was looked at. */
  readonly isCurrent: boolean
}

export interface Problem extends Diagnosis {
  /** The widget it is about. */
  readonly key: string | null
}

interface Begin {
  /** Under what name unsaved changes are kept. */
  readonly keep: string
  readonly saved: Definition
  readonly changedAt: string
}

/** A dashboard being edited: every change can be undone, is drawn a moment later, and outlives the page. */
export function useEditor({ keep, saved, changedAt }: Begin): Editor {
  const [kept, setKept] = useState(() => keptDraft(keep))
  const base = kept?.base ?? changedAt
  const [history, step] = useReducer(takeStep, kept?.definition ?? saved, (from) => beginHistory(beginEdit(from)))
  const definition = definitionOf(history.now)
  const isChanged = JSON.stringify(definition) !== JSON.stringify(definitionOf(beginEdit(saved)))
  const text = JSON.stringify(definition)
  useEffect(() => {
    if (isChanged) keepDraft(keep, base, JSON.parse(text) as Definition)
    else forgetDraft(keep)
  }, [keep, base, isChanged, text])
  return {
    edited: history.now,
    definition,
    edit: (edit) => step({ type: 'edit', edit, at: Date.now() }),
    undo: history.past.length === 0 ? null : () => step({ type: 'undo' }),
    redo: history.future.length === 0 ? null : () => step({ type: 'redo' }),
    discard: () => {
      setKept(null)
      step({ type: 'begin', edited: beginEdit(saved, 'saved_') })
    },
    isChanged,
    base,
    broughtBack: isChanged ? (kept?.at ?? null) : null,
    drawn: useDrawn(history.now),
  }
}

const NOTHING: Drawn = { dashboard: null, widgets: new Map(), problems: [], isCurrent: false }

/** Asks the server what the draft looks like, a moment after the last change; what was drawn before stays until then. */
function useDrawn(edited: Edited): Drawn {
  const [state, setState] = useState({ ...NOTHING, text: '' })
  const newest = useRef(0)
  const definition = definitionOf(edited)
  const text = JSON.stringify(definition)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for what is edited.
  useEffect(() => {
    newest.current += 1
    const turn = newest.current
    const accept = (next: (before: Drawn) => Drawn) =>
      turn === newest.current && setState((before) => ({ ...next(before), text }))
    const look = () => {
      if (definition.rows.length === 0) return accept(() => NOTHING)
      drawDraft(definition).then(
        (draft) => accept((before) => drawnOf(edited, draft, before)),
        ({ message }: Error) => {
          const problem = { code: '', severity: 'error', message, key: null } as const
          accept((before) => ({ ...before, problems: [problem] }))
        },
      )
    }
    const timer = setTimeout(look, state.widgets.size === 0 ? 0 : QUIET_MS)
    return () => clearTimeout(timer)
  }, [text])
  return { ...state, isCurrent: state.text === text }
}

function drawnOf({ rows }: Edited, { dashboard, diagnostics }: DrawnDraft, before: Drawn): Drawn {
  const keys = new Map(
    rows.flatMap(({ widgets }, row) =>
      widgets.map(({ key }, index) => [`${row + 1}_${index + 1}` as string, key] as const),
    ),
  )
  const shown = dashboard?.rows.flatMap(({ widgets }) => widgets) ?? []
  const widgets = new Map(
    shown.flatMap((widget) => {
      const key = keys.get(/\d+_\d+$/.exec(widget.id)?.[0] ?? '')
      return key === undefined ? [] : [[key, keep(before.widgets.get(key), { ...widget, id: `draft_${key}` })] as const]
    }),
  )
  const problems = diagnostics.map((one) => ({ ...one, key: keys.get(one.widget ?? '') ?? null }))
  return { dashboard, widgets, problems, isCurrent: true }
}

/** A widget that did not change is the same object: nothing is drawn anew. */
const keep = (before: WidgetInfo | undefined, now: WidgetInfo): WidgetInfo =>
  before !== undefined && JSON.stringify(before) === JSON.stringify(now) ? before : now
