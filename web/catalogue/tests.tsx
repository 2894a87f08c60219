import { useCallback, useEffect, useState } from 'react'
import { formatSince } from '../format/since.ts'
import { sendJson } from '../queries/request.ts'
import { type EntryDetails, endpointOf, type TestInfo } from './catalogue-queries.ts'

const WORDS = { passed: '✓ Passed', failed: '✗ Failed', skipped: '○ Not run', unknown: '○ Not run yet' } as const

/** The unit tests of a metric: run when somebody looks for the first time, and whenever they want. */
export function Tests({ entry }: { readonly entry: EntryDetails }) {
  const [ran, setRan] = useState<{ readonly entry: EntryDetails; readonly tests: readonly TestInfo[] } | null>(null)
  const [running, setRunning] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const { kind, name } = entry
  const run = useCallback(() => {
    setRunning(true)
    sendJson<{ readonly tests: readonly TestInfo[] }>('POST', `${endpointOf({ kind, name })}/tests`)
      .then(
        ({ tests }) => {
          setRan({ entry, tests })
          setProblem(null)
        },
        (error: Error) => setProblem(error.message),
      )
      .finally(() => setRunning(false))
  }, [entry, kind, name])
  const tests = ran?.entry === entry ? ran.tests : (entry.tests ?? [])
  const isUnknown = entry.tests?.some(({ status }) => status === 'unknown') === true
  useEffect(() => {
    if (isUnknown) run()
  }, [isUnknown, run])
  if (tests.length === 0) return <p className="state-text">No unit test asks for this metric.</p>
  const at = tests.find(({ ranAt }) => ranAt !== null)?.ranAt
  return (
    <>
      <ul className="catalogue-tests" aria-busy={running}>
        {tests.map((test) => (
          <li key={test.name}>
            <span className="catalogue-test-status" data-status={test.status}>
              {running && test.status === 'unknown' ? '… Running' : WORDS[test.status]}
            </span>
            <span>
              {test.name}{' '}
              <code>
                {test.file}:{test.line}
              </code>
              {test.reason !== null && <span className="catalogue-test-reason">{test.reason}</span>}
            </span>
          </li>
        ))}
      </ul>
      {problem !== null && (
        <p className="state-text" role="alert">
          {problem}
        </p>
      )}
      <p className="catalogue-tests-foot">
        <button type="button" className="button" disabled={running} onClick={run}>
          {running ? 'Running …' : 'Run again'}
        </button>{' '}
        {at != null && <time dateTime={at}>Last run {formatSince(at)} ago</time>}
      </p>
    </>
  )
}
