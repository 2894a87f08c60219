import { CopyButton } from '../components/copy-button.tsx'
import { Failure, Skeleton } from '../components/states.tsx'
import { longTime } from '../format/time.ts'
import { formatValue } from '../format/value.ts'
import { valueText } from '../format/value-looks.ts'
import type { Row } from '../queries/answers.ts'
import type { DetailInfo, DimensionInfo, ModelInfo, Project } from '../queries/project.ts'
import { useAnswers } from '../queries/use-answers.ts'
import { configurationOf, saveText } from './export-configuration.ts'
import { figuresOf, MOST_STEPS, recordQueries } from './record-queries.ts'
import { Trace } from './trace.tsx'

interface Props {
  readonly model: ModelInfo
  readonly detail: DetailInfo
  readonly recordKey: string
  readonly project: Project
}

/** One row: what is known of it, its figures, and what happened in it. */
export function RecordView({ model, detail, recordKey, project }: Props) {
  const asked = recordQueries(model, detail, recordKey, project)
  const facts = useAnswers([asked.facts])
  const figures = useAnswers(asked.figures)
  const steps = useAnswers(asked.steps)
  const row = facts.answers?.[0]?.rows[0]
  if (facts.error !== null) return <Failure error={facts.error} retry={facts.retry} height={200} />
  if (facts.answers === null) return <Skeleton height={320} />
  if (row === undefined) {
    return (
      <p className="state-text">
        There is no {model.label.toLowerCase()} record {recordKey} that you may see. It may be older than the data that
        is kept.
      </p>
    )
  }
  return (
    <div className="record">
      <Figures
        detail={detail}
        project={project}
        row={figures.answers?.[0]?.rows[0]}
        loading={figures.answers === null}
      />
      <Facts detail={detail} project={project} row={row} />
      <ExportBar model={model} detail={detail} project={project} row={row} recordKey={recordKey} />
      {steps.error !== null && <Failure error={steps.error} retry={steps.retry} height={120} />}
      {detail.steps !== null && steps.answers === null && steps.error === null && <Skeleton height={160} />}
      {detail.steps !== null && steps.answers !== null && (
        <Steps info={detail.steps} rows={steps.answers[0]?.rows ?? []} project={project} />
      )}
    </div>
  )
}

function Steps({
  info,
  rows,
  project,
}: {
  info: NonNullable<DetailInfo['steps']>
  rows: readonly Row[]
  project: Project
}) {
  if (rows.length === 0) return <p className="state-text">No steps were reported of it.</p>
  return (
    <>
      <h3 className="row-title">What happened</h3>
      <Trace rows={rows} info={info} project={project} />
      {rows.length === MOST_STEPS && <p className="options-note">The first {MOST_STEPS} steps.</p>}
    </>
  )
}

interface FiguresProps {
  readonly detail: DetailInfo
  readonly project: Project
  readonly row: Row | undefined
  readonly loading: boolean
}

function Figures({ detail, project, row, loading }: FiguresProps) {
  const metrics = figuresOf(detail, project)
  if (metrics.length === 0) return null
  return (
    <dl className="record-figures" aria-busy={loading}>
      {metrics.map((metric) => (
        <div key={metric.name} title={metric.description}>
          <dt>{metric.label}</dt>
          <dd>{loading ? '…' : formatValue(row?.[metric.name], metric.format)}</dd>
        </div>
      ))}
    </dl>
  )
}

function Facts({ detail, project, row }: { detail: DetailInfo; project: Project; row: Row }) {
  const names = [...new Set([...detail.columns, ...detail.export])].filter((name) => name !== detail.key)
  return (
    <dl className="facts">
      {names.map((name) => {
        const dimension = project.dimensions.find((item) => item.name === name)
        const value = cellText(row[name], dimension)
        return value === '—' ? null : (
          <div key={name} title={dimension?.description || undefined}>
            <dt>{dimension?.label ?? name}</dt>
            <dd>{value}</dd>
          </div>
        )
      })}
    </dl>
  )
}

interface ExportProps {
  readonly model: ModelInfo
  readonly detail: DetailInfo
  readonly project: Project
  readonly row: Row
  readonly recordKey: string
}

/** What made it work, to be shared. */
function ExportBar({ model, detail, project, row, recordKey }: ExportProps) {
  if (detail.export.length === 0) return null
  const configuration = configurationOf(model, detail, row, project)
  return (
    <div className="export-bar">
      <span className="options-note">Configuration:</span>
      <CopyButton label="Copy as YAML" text={() => configuration.yaml} />
      <button type="button" className="button" onClick={() => saveText(`${recordKey}.yml`, configuration.yaml)}>
        Export YAML
      </button>
      <button type="button" className="button" onClick={() => saveText(`${recordKey}.json`, configuration.json)}>
        Export JSON
      </button>
    </div>
  )
}

export function cellText(value: unknown, dimension: DimensionInfo | undefined): string {
  if (value === null || value === undefined || value === '') return '—'
  if (dimension?.type === 'time') {
    const text = String(value)
    return `${longTime(text.slice(0, 10), 'day')}, ${text.slice(11, 19)}`
  }
  return typeof value === 'number' ? value.toLocaleString('en-US') : valueText(value, dimension)
}
