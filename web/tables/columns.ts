import type { Grain, ValueStatus } from '../../runtime/definitions/index.ts'
import { longTime } from '../format/time.ts'
import { formatValue, type MetricFormat } from '../format/value.ts'
import { dimensionNamed, looksOf } from '../format/value-looks.ts'
import type { Row } from '../queries/answers.ts'
import type { MetricInfo, Project } from '../queries/project.ts'

export interface Column {
  readonly key: string
  readonly label: string
  readonly description: string
  /** Null for a dimension. */
  readonly metric: MetricInfo | null
  readonly isNumber: boolean
  readonly text: (value: Row[string] | undefined) => string
  /** What a value means, where its dimension says it. */
  readonly statusOf?: (value: Row[string] | undefined) => ValueStatus | null
}

const PLAIN: MetricFormat = { type: 'number' }

/** The columns of rows: their dimensions first. */
export function columnsOf(
  rows: readonly Row[],
  metrics: readonly MetricInfo[],
  project: Pick<Project, 'dimensions' | 'timezone'>,
  grain: Grain | null,
): readonly Column[] {
  const keys = Object.keys(rows[0] ?? {})
  const named = metrics.filter(({ name }) => keys.includes(name))
  const own = keys.filter((key) => !named.some(({ name }) => name === key))
  return [...own.map((key) => dimensionColumn(key, project, grain)), ...named.map(metricColumn)]
}

function dimensionColumn(key: string, project: Pick<Project, 'dimensions' | 'timezone'>, grain: Grain | null): Column {
  const info = dimensionNamed(key, project)
  const isTime = info?.type === 'time'
  const { textOf, statusOf } = looksOf(key, project)
  return {
    key,
    label: key === 'time' ? 'Time' : (info?.label ?? key),
    description: info?.description ?? '',
    metric: null,
    isNumber: info?.type === 'number',
    text: (value) => {
      if (value === null || value === undefined || value === '') return '—'
      if (key === 'time') return longTime(String(value), grain ?? 'day')
      if (isTime) return localTime(String(value), project.timezone)
      if (typeof value === 'number') return Number.isInteger(value) ? String(value) : formatValue(value, PLAIN, 'exact')
      return textOf(value)
    },
    ...(info?.statuses === undefined ? {} : { statusOf }),
  }
}

/** An instant as a clock of the project shows it; a day stays a day. */
function localTime(value: string, timeZone: string): string {
  if (/^\d{4}-\d{2}-\d{2}(T00:00:00(\.0+)?Z?)?$/.test(value)) return value.slice(0, 10)
  const instant = new Date(/(Z|[+-]\d{2}:?\d{2})$/.test(value) ? value : `${value.replace(' ', 'T')}Z`)
  return Number.isNaN(instant.getTime()) ? value : instant.toLocaleString('sv-SE', { timeZone })
}

function metricColumn(metric: MetricInfo): Column {
  const format = withoutUnit(metric.format)
  const { name: key, label, description } = metric
  return { key, label, description, metric, isNumber: true, text: (value) => formatValue(value, format, 'exact') }
}

/** The unit would be said again in every row; that of a duration is how it is written. */
function withoutUnit(format: MetricFormat): MetricFormat {
  const { unit: _unit, ...rest } = format
  return format.type === 'duration' ? format : rest
}

/** Numbers by size, texts as people order them. */
export function compareValues(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a).localeCompare(String(b), 'en', { numeric: true })
}
