import { connection } from '../queries/connection.ts'
import { useStore } from '../queries/external-store.ts'
import { checkFreshness } from '../queries/freshness.ts'
import { signInPath } from '../queries/use-project.ts'

interface Props {
  readonly lost: readonly string[]
  readonly onDismiss: () => void
}

/** What is wrong with the whole page, and what to do about it. What was loaded stays in sight. */
export function Banners({ lost, onDismiss }: Props) {
  const state = useStore(connection)
  return (
    <div className="banners" aria-live="polite">
      {state === 'lost' && (
        <p className="banner" data-mood="warn">
          <strong>The server cannot be reached.</strong> What you see is what was loaded last; the page goes on by
          itself as soon as the server is back.
          <button type="button" className="button" onClick={() => void checkFreshness()}>
            Try now
          </button>
        </p>
      )}
      {state === 'signed_out' && (
        <p className="banner" data-mood="warn">
          <strong>Your session has ended.</strong> Sign in again to go on where you are.
          <a className="button button-primary" href={signInPath()}>
            Sign in
          </a>
        </p>
      )}
      {lost.length > 0 && (
        <p className="banner">
          <strong>The definitions changed while this page was open.</strong> No longer there: {someOf(lost)}. Everything
          else is up to date.
          <button type="button" className="button" onClick={onDismiss}>
            Fine
          </button>
        </p>
      )}
    </div>
  )
}

const someOf = (names: readonly string[]) =>
  names.length > 4 ? `${names.slice(0, 4).join(', ')} and ${names.length - 4} more` : names.join(', ')
