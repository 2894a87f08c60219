import { type ReactNode, useState } from 'react'
import { Dialog } from '../../components/dialog.tsx'

export interface Way {
  readonly label: string
  readonly kind?: 'primary' | 'danger'
  readonly run: () => unknown
}

interface Props {
  readonly title: string
  /** What the buttons do is what they say. */
  readonly ways: readonly Way[]
  readonly onClose: () => void
  readonly children: ReactNode
}

/** Asks which way to go. What fails says so, and nothing is closed. */
export function Ask({ title, ways, onClose, children }: Props) {
  const [state, setState] = useState<'idle' | 'busy' | Error>('idle')
  const go = async (way: Way) => {
    setState('busy')
    try {
      await way.run()
      onClose()
    } catch (error) {
      setState(error instanceof Error ? error : new Error(String(error)))
    }
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="ask-text">{children}</div>
      {state instanceof Error && (
        <p className="builder-note" data-kind="bad" role="alert">
          {state.message}
        </p>
      )}
      <div className="ask-ways">
        {ways.map((way) => (
          <button
            key={way.label}
            type="button"
            className={`button ${way.kind === undefined ? '' : `button-${way.kind} ask-${way.kind}`}`}
            disabled={state === 'busy'}
            onClick={() => void go(way)}
          >
            {way.label}
          </button>
        ))}
      </div>
    </Dialog>
  )
}
