import type { ReactNode } from 'react'
import { Dialog } from '../../components/dialog.tsx'
import { useAction } from './use-action.ts'

interface Props {
  readonly title: string
  readonly children: ReactNode
  /** What the button says: the deed, never "OK". */
  readonly action: string
  readonly done: string
  readonly work: () => Promise<unknown>
  readonly onClose: () => void
}

/** Asks before something that cannot be undone. */
export function Confirm({ title, children, action, done, work, onClose }: Props) {
  const { busy, error, run } = useAction()
  const go = async () => (await run(work, done)) && onClose()
  return (
    <Dialog title={title} className="dialog-small" onClose={onClose}>
      <div className="dialog-text">{children}</div>
      {error !== null && (
        <p className="field-error" role="alert">
          {error.message}
        </p>
      )}
      <div className="form-buttons">
        <button type="button" className="button button-danger" disabled={busy} onClick={() => void go()}>
          {action}
        </button>
        <button type="button" className="button" onClick={onClose}>
          Cancel
        </button>
      </div>
    </Dialog>
  )
}
