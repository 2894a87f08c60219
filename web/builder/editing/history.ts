import { applyEdit, type Edit, type Edited } from './edit.ts'

/** What is edited, with the way back and forth. */
export interface History {
  readonly now: Edited
  readonly past: readonly Edited[]
  readonly future: readonly Edited[]
  /** What the last step was, and when: typing on is one step. */
  readonly last: { readonly about: string; readonly at: number } | null
}

export type Step =
  | { readonly type: 'edit'; readonly edit: Edit; readonly at: number }
  | { readonly type: 'undo' }
  | { readonly type: 'redo' }
  | { readonly type: 'begin'; readonly edited: Edited }

const LIMIT = 200
const ONE_STEP_MS = 1000

export const beginHistory = (now: Edited): History => ({ now, past: [], future: [], last: null })

export function takeStep(history: History, step: Step): History {
  const { now, past, future } = history
  switch (step.type) {
    case 'begin':
      return beginHistory(step.edited)
    case 'undo': {
      const before = past.at(-1)
      if (before === undefined) return history
      return { now: before, past: past.slice(0, -1), future: [now, ...future], last: null }
    }
    case 'redo': {
      const [next, ...rest] = future
      return next === undefined ? history : { now: next, past: [...past, now], future: rest, last: null }
    }
    case 'edit':
      return edit(history, step.edit, step.at)
  }
}

function edit(history: History, made: Edit, at: number): History {
  const next = applyEdit(history.now, made)
  if (JSON.stringify(next) === JSON.stringify(history.now)) return history
  const about = aboutOf(made)
  const { last } = history
  const goesOn = last !== null && about !== null && last.about === about && at - last.at < ONE_STEP_MS
  const past = goesOn ? history.past : [...history.past.slice(-LIMIT), history.now]
  return { now: next, past, future: [], last: about === null ? null : { about, at } }
}

/** Steps that follow one another are one where they are about the same. */
function aboutOf(edit: Edit): string | null {
  switch (edit.type) {
    case 'change':
    case 'resize':
      return `${edit.type} ${edit.widget}`
    case 'name_row':
      return `name ${edit.row}`
    case 'set':
      return `set ${Object.keys(edit.settings).join()}`
    default:
      return null
  }
}
