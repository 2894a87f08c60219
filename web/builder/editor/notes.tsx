import type { Problem } from '../editing/use-editor.ts'

interface Props {
  readonly problems: readonly Problem[]
  /** Leads to the widget that a problem is about. */
  readonly onShow?: (key: string) => void
}

/** What is wrong with a dashboard, with what to do about it. */
export function Problems({ problems, onShow }: Props) {
  if (problems.length === 0) return null
  const isBad = problems.some(({ severity }) => severity === 'error')
  return (
    <ul className="builder-note" data-kind={isBad ? 'bad' : 'warn'} aria-label="What is wrong">
      {problems.map(({ code, message, hint, key, widget }) => (
        <li key={`${code} ${widget} ${message}`}>
          {message} {hint}{' '}
          {key !== null && onShow !== undefined && (
            <button type="button" className="text-button" onClick={() => onShow(key)}>
              Show the widget
            </button>
          )}
        </li>
      ))}
    </ul>
  )
}

interface BroughtBackProps {
  readonly at: string
  readonly onDiscard: () => void
}

export function BroughtBack({ at, onDiscard }: BroughtBackProps) {
  return (
    <p className="builder-note" role="status">
      These are your changes of {new Date(at).toLocaleString()}, which were not saved.{' '}
      <button type="button" className="text-button" onClick={onDiscard}>
        Discard them
      </button>
    </p>
  )
}
