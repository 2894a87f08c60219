import { useState } from 'react'
import { changeDashboard, createDashboard, type Definition, nameFor } from '../../queries/personal-dashboards.ts'
import { RequestError } from '../../queries/request.ts'
import { forgetDraft } from '../editing/kept-draft.ts'
import type { Editor } from '../editing/use-editor.ts'
import { isReadable, type SavedDashboard } from '../saved-dashboard.ts'

interface Props {
  readonly saved: SavedDashboard
  readonly editor: Editor
  readonly keep: string
  /** Names that a new dashboard cannot have. */
  readonly taken: readonly string[]
  readonly onSaved: (dashboard: SavedDashboard) => void
}

export type SaveHow = 'change' | 'copy' | 'overwrite'

export interface Saving {
  readonly busy: boolean
  /** What the server said against it; nothing is lost then. */
  readonly failure: Error | null
  readonly isConflict: boolean
  readonly save: (how?: SaveHow) => Promise<void>
  readonly dismiss: () => void
}

export function useSaving({ saved, editor, keep, taken, onSaved }: Props): Saving {
  const [state, setState] = useState<{ busy: boolean; failure: Error | null }>({ busy: false, failure: null })
  const send = (how: SaveHow) => {
    const { definition, base } = editor
    if (saved.id === 'new') return createDashboard({ definition: named(definition, taken) })
    if (how === 'copy') {
      const title = `${definition.title} (mine)`
      return createDashboard({ definition: named({ ...definition, title, name: '' }, taken) })
    }
    return changeDashboard(saved.id, { definition, ...(how === 'change' && { changed_at: base }) })
  }
  const save = async (how: SaveHow = 'change') => {
    setState({ busy: true, failure: null })
    try {
      const next = await send(how)
      forgetDraft(keep)
      if (isReadable(next)) onSaved(next)
    } catch (error) {
      setState({ busy: false, failure: error instanceof Error ? error : new Error(String(error)) })
    }
  }
  const { failure, busy } = state
  const isConflict = failure instanceof RequestError && failure.status === 409
  return { busy, failure, isConflict, save, dismiss: () => setState({ busy: false, failure: null }) }
}

/** A dashboard that has no name yet is called by its title. */
const named = (definition: Definition, taken: readonly string[]): Definition =>
  definition.name === '' ? { ...definition, name: nameFor(definition.title, taken) } : definition
