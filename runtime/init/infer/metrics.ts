import { inSentence, Names, toLabel } from '../names.ts'
import { quote } from '../profile/columns.ts'
import type { Table, TableColumn } from './table.ts'

/** A simple metric, and with `ratio` the composite one over two of them. */
export interface InferredMetric {
  readonly name: string
  readonly table: Table
  readonly kind: 'count' | 'sum' | 'avg' | 'median' | 'ratio'
  /** As a YAML value, in the order people read it. */
  readonly definition: Readonly<Record<string, unknown>>
}

/** Measure columns of a table at most. */
const MOST = 40

/** Metrics of every table; names are unique over the project and differ from its dimensions. */
export function inferMetrics(tables: readonly Table[]): readonly InferredMetric[] {
  const dimensions = tables.flatMap(({ columns }) => columns.filter(({ role }) => role !== 'sum' && role !== 'level'))
  const names = new Names(['time', ...dimensions.map(({ name }) => name)])
  return tables.flatMap((table) => [
    count(table, names),
    ...table.columns.filter(({ role }) => role === 'flag').flatMap((column) => rate(table, column, names)),
    ...measures(table).flatMap((column) => aggregates(table, column, names)),
  ])
}

/** Columns that are summed or averaged. */
const measures = ({ columns, primaryKey }: Table) =>
  columns.filter((column) => column !== primaryKey && (column.role === 'sum' || column.role === 'level')).slice(0, MOST)

function count(table: Table, names: Names): InferredMetric {
  const name = names.take(`${table.name}_count`)
  const description = `Rows of ${fileName(table)}.`
  return { name, table, kind: 'count', definition: { name, label: table.label, description, agg: 'count' } }
}

function rate(table: Table, column: TableColumn, names: Names): InferredMetric[] {
  const bare = column.name.replace(/^(is|has|was)_/, '')
  const take = (suffix: string) => names.take(`${bare}_${suffix}`, `${table.name}_${bare}_${suffix}`)
  const [yes, known, share] = [take('count'), take('known_count'), take('rate')]
  const what = inSentence(column.label)
  return [
    {
      name: yes,
      table,
      kind: 'count',
      definition: {
        name: yes,
        label: toLabel(yes),
        description: `Rows that are ${what}.`,
        agg: 'count',
        filter: `{${column.name}}`,
      },
    },
    {
      name: known,
      table,
      kind: 'count',
      definition: {
        name: known,
        label: toLabel(known),
        description: `Rows of which it is known whether they are ${what}.`,
        agg: 'count',
        filter: `{${column.name}} is not null`,
      },
    },
    {
      name: share,
      table,
      kind: 'ratio',
      definition: {
        name: share,
        label: toLabel(share),
        description: `Rows that are ${what} over those of which it is known.`,
        type: 'ratio',
        numerator: yes,
        denominator: known,
        format: 'percent',
      },
    },
  ]
}

function aggregates(table: Table, column: TableColumn, names: Names): InferredMetric[] {
  const aggs = column.role === 'sum' ? (['sum', 'avg', 'median'] as const) : (['avg', 'median'] as const)
  const left = table.file.rows - column.profile.filled
  const gaps = left > 0 ? ` Rows without it are left out.` : ''
  return aggs.map((kind) => {
    const { prefix, words } = AGGREGATES[kind]
    const base = column.name.replace(/^(avg|average|mean|median|total)_/, '')
    const name = names.take(`${prefix}_${base}`, `${table.name}_${prefix}_${base}`)
    const description = `${words} ${inSentence(column.label)}.${gaps}`
    const format = formatOf(column)
    return {
      name,
      table,
      kind,
      definition: {
        name,
        label: `${words} ${inSentence(column.label)}`,
        description,
        agg: kind,
        sql: quote(column.name),
        ...(format === null ? {} : { format }),
      },
    }
  })
}

const AGGREGATES = {
  sum: { prefix: 'total', words: 'Total' },
  avg: { prefix: 'avg', words: 'Average' },
  median: { prefix: 'median', words: 'Median' },
} as const

function formatOf({ name, profile }: TableColumn): unknown {
  if (/(^|_)(usd|dollars?)($|_)/.test(name)) return { type: 'currency', currency: 'USD' }
  if (/(^|_)eur($|_)/.test(name)) return { type: 'currency', currency: 'EUR' }
  if (/(^|_)bytes$/.test(name)) return 'bytes'
  const unit = /(^|_)(ms|s|secs?|seconds|mins?|minutes|hours)$/.exec(name)?.[2]
  if (unit !== undefined && /duration|time|latency|elapsed|runtime|wait/.test(name))
    return { type: 'duration', unit: UNITS[unit] ?? 's' }
  const share =
    typeof profile.min === 'number' && typeof profile.max === 'number' && profile.min >= 0 && profile.max <= 1
  return share && /(^|_)(rate|ratio|share|probability)($|_)/.test(name) ? 'percent' : null
}

const UNITS: Readonly<Record<string, string>> = { ms: 'ms', min: 'm', mins: 'm', minutes: 'm', hours: 'h' }

export const fileName = ({ file }: Table) => file.path.split(/[\\/]/).at(-1) ?? file.path
