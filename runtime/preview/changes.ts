import type { PreviewInfo } from './preview-info.ts'
import type { ShownProblem } from './shown-problems.ts'

export interface LiveState {
  /** Grows with each change. */
  readonly revision: number
  /** What keeps the files as they are now from going live. */
  readonly problems: readonly ShownProblem[]
}

/** What open pages are told at once while somebody edits the project, or compares two versions of it. */
export interface Changes {
  mode(): 'dev' | 'preview' | null
  preview(): PreviewInfo | null
  state(): LiveState
  /** Definitions are edited from now on. */
  startEditing(): void
  /** Two versions are served side by side. */
  startPreview(info: PreviewInfo): void
  report(problems: readonly ShownProblem[]): void
  /** `onEnd` is called when there is nothing more to come. */
  follow(onState: (state: LiveState) => void, onEnd: () => void): () => void
  close(): void
}

export function createChanges(): Changes {
  let mode: 'dev' | 'preview' | null = null
  let info: PreviewInfo | null = null
  let state: LiveState = { revision: 0, problems: [] }
  const followers = new Map<(state: LiveState) => void, () => void>()
  return {
    mode: () => mode,
    preview: () => info,
    state: () => state,
    startEditing: () => {
      mode = 'dev'
    },
    startPreview: (next) => {
      mode = 'preview'
      info = next
    },
    report: (problems) => {
      state = { revision: state.revision + 1, problems }
      for (const tell of followers.keys()) tell(state)
    },
    follow: (onState, onEnd) => {
      followers.set(onState, onEnd)
      return () => followers.delete(onState)
    },
    close: () => {
      for (const end of followers.values()) end()
      followers.clear()
    },
  }
}
