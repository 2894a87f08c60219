import { useEffect, useState } from 'react'
import { checkFreshness } from '../queries/freshness.ts'

interface Problem {
  readonly code: string | null
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly hint: string | null
  readonly file: string | null
  readonly line: number | null
  readonly column: number | null
  readonly frame: readonly string[]
}

interface LiveState {
  readonly revision: number
  readonly problems: readonly Problem[]
}

/** What keeps an edit from going live. It goes by itself when the files are mended. */
export function DevOverlay() {
  const [state, setState] = useState<LiveState>({ revision: 0, problems: [] })
  const [dismissed, setDismissed] = useState(-1)
  useEffect(() => {
    const source = new EventSource('/api/v1/changes')
    source.onmessage = (event) => {
      setState(JSON.parse(event.data) as LiveState)
      void checkFreshness()
    }
    return () => source.close()
  }, [])
  const { problems, revision } = state
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && setDismissed(revision)
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [revision])
  const errors = problems.filter(({ severity }) => severity === 'error')
  if (errors.length === 0) return null
  if (dismissed === revision) {
    return (
      <button type="button" className="overlay-pill" onClick={() => setDismissed(-1)}>
        {errors.length} {errors.length === 1 ? 'error' : 'errors'} in the definitions
      </button>
    )
  }
  return (
    <section className="overlay" role="alert" aria-label="Errors in the definitions">
      <header className="overlay-header">
        <div>
          <h2>
            {errors.length} {errors.length === 1 ? 'error' : 'errors'} in the definitions
          </h2>
          <p>The last good version stays live. This goes away as soon as the files are mended.</p>
        </div>
        <button type="button" className="button" onClick={() => setDismissed(revision)}>
          Dismiss
        </button>
      </header>
      <ol className="overlay-problems">
        {errors.map((problem) => (
          <li key={`${problem.file} ${problem.line} ${problem.column} ${problem.code} ${problem.message}`}>
            <ProblemView {...problem} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function ProblemView({ file, line, column, code, message, frame, hint }: Problem) {
  return (
    <>
      <p className="overlay-place-of">
        {file !== null && (
          <strong>
            {file}
            {line === null ? '' : `:${line}${column === null ? '' : `:${column}`}`}
          </strong>
        )}{' '}
        {code}
      </p>
      <p className="overlay-message">{message}</p>
      {frame.length > 0 && <pre className="overlay-frame">{frame.join('\n')}</pre>}
      {hint !== null && <p className="overlay-hint">→ {hint}</p>}
    </>
  )
}
