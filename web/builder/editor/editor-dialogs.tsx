import { Ask } from '../dialogs/ask.tsx'
import type { Leaving } from './use-leaving.ts'
import type { Saving } from './use-saving.ts'

interface LeaveProps {
  readonly leaving: Leaving
  /** Why it cannot be saved now. */
  readonly refusal: string | null
  readonly save: () => Promise<void>
  readonly discard: () => void
}

export function LeaveDialog({ leaving, refusal, save, discard }: LeaveProps) {
  const { go, stay } = leaving
  const leave = () => {
    discard()
    go?.()
  }
  return (
    <Ask
      title="Leave without saving?"
      ways={[
        ...(refusal === null ? [{ label: 'Save', kind: 'primary', run: save } as const] : []),
        { label: 'Discard changes', kind: 'danger', run: leave },
        { label: 'Go on editing', run: stay },
      ]}
      onClose={stay}
    >
      What you changed is not saved yet.
    </Ask>
  )
}

interface FailureProps {
  readonly saving: Saving
  readonly onDiscard: () => void
}

/** Nothing is lost: what is edited stays whatever the server said. */
export function SaveFailure({ saving, onDiscard }: FailureProps) {
  const { failure, isConflict, save, dismiss } = saving
  const load = () => {
    onDiscard()
    location.reload()
  }
  if (!isConflict) {
    return (
      <Ask title="It could not be saved" ways={[{ label: 'Go on editing', run: dismiss }]} onClose={dismiss}>
        {failure?.message} Your changes are still here, and kept in this browser.
      </Ask>
    )
  }
  return (
    <Ask
      title="This dashboard was changed elsewhere"
      ways={[
        { label: 'Save mine as a copy', kind: 'primary', run: () => save('copy') },
        { label: 'Replace it with mine', kind: 'danger', run: () => save('overwrite') },
        { label: 'Discard mine and load it', run: load },
      ]}
      onClose={dismiss}
    >
      {failure?.message} It was opened here before that, in another window or on another machine it has other changes
      now. Both cannot be kept in one.
    </Ask>
  )
}
