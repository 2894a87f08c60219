import type { Definition } from '../../queries/personal-dashboards.ts'

export interface KeptDraft {
  readonly definition: Definition
  /** When what it is a change of had been changed. */
  readonly base: string
  readonly at: string
}

const keyOf = (id: string) => `draft of dashboard ${id}`

/** Changes that were not saved outlive the page in this browser: a reload, a lost session and a lost connection take nothing away. */
export function keepDraft(id: string, base: string, definition: Definition) {
  const kept: KeptDraft = { definition, base, at: new Date().toISOString() }
  try {
    localStorage.setItem(keyOf(id), JSON.stringify(kept))
  } catch {
    // A browser that keeps nothing loses what is not saved.
  }
}

export function forgetDraft(id: string) {
  try {
    localStorage.removeItem(keyOf(id))
  } catch {
    // Nothing was kept.
  }
}

export function keptDraft(id: string): KeptDraft | null {
  try {
    return JSON.parse(localStorage.getItem(keyOf(id)) ?? 'null') as KeptDraft | null
  } catch {
    return null
  }
}
