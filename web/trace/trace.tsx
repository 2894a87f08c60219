import { useState } from 'react'
import { CopyButton } from '../components/copy-button.tsx'
import { formatValue, secondsOf } from '../format/value.ts'
import type { Row } from '../queries/answers.ts'
import type { DimensionInfo, MetricInfo, Project, StepsInfo } from '../queries/project.ts'
import { stepFigures } from './record-queries.ts'
import { isFailed, matching, type Step, stepsOf } from './trace-steps.ts'

interface Props {
  readonly rows: readonly Row[]
  readonly info: StepsInfo
  readonly project: Project
}

/** What happened within a record, step by step: a list as a tree, and when each step ran as a waterfall. */
export function Trace({ rows, info, project }: Props) {
  const figures = stepFigures(info, project)
  const duration = figures.find(({ name }) => name === info.duration)
  const steps = stepsOf(rows, info, duration, secondsOf(duration?.format.unit))
  const [search, setSearch] = useState('')
  const [kind, setKind] = useState('')
  const [failedOnly, setFailedOnly] = useState(false)
  const shown = matching(steps, { search, kind, failedOnly })
  const kinds = [...new Set(steps.map((step) => step.kind))].filter((name) => name !== '')
  const failed = steps.filter(({ status }) => isFailed(status)).length
  const facts = project.dimensions.filter(({ name }) => info.facts.includes(name))
  const end = Math.max(1, ...steps.map(({ start, duration: length }) => (start ?? 0) + (length ?? 0)))
  return (
    <section className="trace" aria-label="Execution trace">
      <div className="trace-tools">
        <input
          type="search"
          className="search-input"
          placeholder="Search steps"
          aria-label="Search steps"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <label className="select">
          <span className="sr-only">Kind of step</span>
          <select value={kind} onChange={(event) => setKind(event.target.value)}>
            <option value="">All kinds</option>
            {kinds.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <button
          type="button"
          className="button"
          aria-pressed={failedOnly}
          disabled={failed === 0}
          onClick={() => setFailedOnly(!failedOnly)}
        >
          Errors ({failed})
        </button>
        <CopyButton label="Copy trace" text={() => traceText(shown, figures)} />
        <span className="trace-count" aria-live="polite">
          {shown.length === steps.length ? `${steps.length} steps` : `${shown.length} of ${steps.length} steps`}
        </span>
      </div>
      {shown.length === 0 && <p className="options-note">No step is like that.</p>}
      <ol className="steps">
        {shown.map((step) => (
          <StepRow key={step.key} step={step} end={end} figures={figures} duration={duration} facts={facts} />
        ))}
      </ol>
    </section>
  )
}

interface StepProps {
  readonly step: Step
  readonly end: number
  readonly figures: readonly MetricInfo[]
  readonly duration: MetricInfo | undefined
  readonly facts: readonly DimensionInfo[]
}

function StepRow({ step, end, figures, duration, facts: known }: StepProps) {
  const { kind, title, status, texts, start, depth, row, number } = step
  const others = figures.filter((metric) => metric !== duration && row[metric.name] != null)
  const facts = known.filter(({ name }) => row[name] !== null && row[name] !== undefined && row[name] !== '')
  const left = ((start ?? 0) / end) * 100
  const width = Math.max(0.5, ((step.duration ?? 0) / end) * 100)
  return (
    <li className="step" data-failed={isFailed(status)}>
      <details>
        <summary>
          <span className="step-number">{number}</span>
          <span className="step-name" style={{ paddingLeft: depth * 16 }}>
            <span className="step-kind" data-kind={kindOf(kind)}>
              {kind || 'step'}
            </span>
            <span className="step-title">{title || texts[0] || ''}</span>
            {status !== '' && isFailed(status) && <span className="step-status">✕ {status}</span>}
          </span>
          <span className="step-time" aria-hidden="true">
            {start !== null && (
              <span className="step-bar" style={{ left: `${left}%`, width: `${Math.min(width, 100 - left)}%` }} />
            )}
          </span>
          <span className="step-figures">
            {others.slice(0, 2).map((metric) => (
              <span key={metric.name} title={metric.label}>
                {formatValue(row[metric.name], metric.format)}
              </span>
            ))}
          </span>
          <span className="step-duration" title={duration?.label}>
            {duration === undefined ? '' : formatValue(row[duration.name], duration.format)}
          </span>
        </summary>
        <div className="step-body">
          <dl className="facts">
            {start !== null && (
              <div>
                <dt>Began after</dt>
                <dd>{formatValue(start / 1000, { type: 'duration' })}</dd>
              </div>
            )}
            {status !== '' && (
              <div>
                <dt>Status</dt>
                <dd>{status}</dd>
              </div>
            )}
            {facts.map(({ name, label }) => (
              <div key={name}>
                <dt>{label}</dt>
                <dd>{String(row[name])}</dd>
              </div>
            ))}
            {others.map((metric) => (
              <div key={metric.name}>
                <dt>{metric.label}</dt>
                <dd>{formatValue(row[metric.name], metric.format, 'exact')}</dd>
              </div>
            ))}
          </dl>
          {texts.map((text) => (
            <pre key={text} className="step-text">
              {text}
            </pre>
          ))}
          {texts.length === 0 && <p className="options-note">This step says no more than that.</p>}
          {texts.length > 0 && <CopyButton label="Copy" text={() => texts.join('\n\n')} />}
        </div>
      </details>
    </li>
  )
}

/** Words that most tools use for what an agent or a job does; others look alike. */
function kindOf(kind: string): string {
  if (/reason|think|plan/i.test(kind)) return 'reason'
  if (/model|llm|output|message/i.test(kind)) return 'model'
  if (/err|fail/i.test(kind)) return 'error'
  return 'tool'
}

function traceText(steps: readonly Step[], figures: readonly MetricInfo[]): string {
  return steps
    .map((step) => {
      const values = figures.flatMap(({ name, label, format }) =>
        step.row[name] == null ? [] : [`${label} ${formatValue(step.row[name], format, 'exact')}`],
      )
      const head = [`${step.number}.`, step.kind, step.title, step.status && `[${step.status}]`, values.join(', ')]
      return [head.filter(Boolean).join(' '), ...step.texts.map((text) => `   ${text}`)].join('\n')
    })
    .join('\n')
}
