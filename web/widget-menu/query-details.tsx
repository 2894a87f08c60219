import { useEffect, useState } from 'react'
import type { QueryDefinition } from '../../runtime/definitions/index.ts'
import { CopyButton } from '../components/copy-button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Skeleton } from '../components/states.tsx'
import { toYaml } from '../components/to-yaml.ts'
import type { Served } from '../queries/answers.ts'
import type { Project } from '../queries/project.ts'
import { sendJson } from '../queries/request.ts'

interface Props {
  readonly title: string
  readonly query: QueryDefinition
  readonly project: Project
  readonly onClose: () => void
}

interface SqlAnswer {
  readonly statements: readonly { readonly sql: string; readonly params: readonly unknown[] }[]
  readonly served: Served
}

/** What is asked for a widget: the metrics, the SQL, and the stored aggregate that answers, or why none does. */
export function QueryDetails({ title, query, project, onClose }: Props) {
  const [answer, setAnswer] = useState<SqlAnswer | Error | null>(null)
  const key = JSON.stringify(query)
  useEffect(() => {
    sendJson<SqlAnswer>('POST', '/api/v1/query', { ...JSON.parse(key), sql: true }).then(setAnswer, setAnswer)
  }, [key])
  const metrics = project.metrics.filter(({ name }) => query.metrics?.includes(name))
  return (
    <Dialog title={title} className="dialog-wide" onClose={onClose}>
      <h3 className="dialog-part">Metrics</h3>
      <dl className="facts">
        {metrics.map((metric) => (
          <div key={metric.name}>
            <dt>
              {metric.label} <code>{metric.name}</code>
            </dt>
            <dd>
              {metric.description}
              {metric.source !== undefined && (
                <span className="options-note">
                  {' '}
                  {metric.source.file}:{metric.source.line}
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <h3 className="dialog-part">Question</h3>
      <pre className="code">{toYaml(query)}</pre>
      {answer === null && <Skeleton height={160} />}
      {answer instanceof Error && <p className="state-text">{answer.message}</p>}
      {answer !== null && !(answer instanceof Error) && <Details answer={answer} />}
    </Dialog>
  )
}

function Details({ answer: { served, statements } }: { readonly answer: SqlAnswer }) {
  return (
    <>
      <h3 className="dialog-part">Answered from</h3>
      <p>
        {served.rollup === null ? (
          'The relation itself: no stored aggregate fits.'
        ) : (
          <>
            The stored aggregate <code>{served.rollup}</code>.
          </>
        )}
      </p>
      {served.skipped.length > 0 && (
        <ul className="reasons">
          {served.skipped.map(({ rollup, reason }) => (
            <li key={rollup}>
              <code>{rollup}</code>: {reason}
            </li>
          ))}
        </ul>
      )}
      <h3 className="dialog-part">SQL</h3>
      {statements.map(({ sql, params }) => (
        <div key={sql}>
          <pre className="code">{sql}</pre>
          {params.length > 0 && (
            <p className="options-note">Values: {params.map((value) => JSON.stringify(value)).join(', ')}</p>
          )}
        </div>
      ))}
      <CopyButton label="Copy SQL" text={() => statements.map(({ sql }) => sql).join(';\n\n')} />
    </>
  )
}
