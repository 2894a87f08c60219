import type { SimpleMetric } from '../../../definitions/index.ts'
import {
  allOf,
  filled,
  hasAggregate,
  type Lose,
  labelOf,
  type Measure,
  type MeasureBody,
  nameOf,
} from '../../draft/index.ts'
import type { CubeMeasure, CubeModel } from './cube-file.ts'
import { type Cubes, translateSql } from './sql.ts'

/** The measures of a cube, and those that some of them are made of. */
export function measuresOf(cubes: Cubes, cube: CubeModel, lose: Lose): readonly Measure[] {
  const parts: Measure[] = []
  const measures = (cube.measures ?? []).flatMap((measure): Measure[] => {
    const object = `measure:${cube.name}.${measure.name}`
    const body = bodyOf(cubes, cube, measure, object, parts, lose)
    if (body === undefined) return []
    const meta = (measure.meta?.agent_metrics ?? {}) as { part?: boolean }
    reportExtras(measure, object, lose)
    return [
      {
        name: measure.name,
        about: aboutOf(measure),
        body,
        ...((measure.public === false || meta.part) && { part: true }),
      },
    ]
  })
  return [...parts, ...measures]
}

const AGGREGATIONS: Readonly<Record<string, SimpleMetric['agg']>> = {
  count: 'count',
  count_distinct: 'count_distinct',
  countDistinct: 'count_distinct',
  count_distinct_approx: 'count_distinct',
  countDistinctApprox: 'count_distinct',
  sum: 'sum',
  avg: 'avg',
  min: 'min',
  max: 'max',
}

function bodyOf(
  cubes: Cubes,
  cube: CubeModel,
  measure: CubeMeasure,
  object: string,
  parts: Measure[],
  lose: Lose,
): MeasureBody | undefined {
  const agg = AGGREGATIONS[measure.type]
  if (measure.time_shift !== undefined) return shiftOf(cubes, cube, measure, object, lose)
  if (agg === undefined) return numberOf(cubes, cube, measure, object, lose)
  if (/approx/i.test(measure.type))
    lose('AM6223', object, 'It counts approximately there and exactly here.', 'Nothing, unless it is slow.')
  const simple = simpleOf(cubes, cube, measure, agg, object, lose)
  if (simple === undefined || measure.rolling_window === undefined) return simple
  return rollingOf(cube, measure, simple, object, parts, lose)
}

function simpleOf(
  cubes: Cubes,
  cube: CubeModel,
  { filters = [], sql }: CubeMeasure,
  agg: SimpleMetric['agg'],
  object: string,
  lose: Lose,
): Extract<MeasureBody, { simple: unknown }> | undefined {
  const value = sql === undefined ? undefined : translateSql(cubes, cube, sql)
  const conditions = filters.map((filter) => translateSql(cubes, cube, filter.sql))
  const problem = [value, ...conditions].find((part) => part?.problem !== undefined)?.problem
  if (problem !== undefined) {
    lose('AM6237', object, `Its SQL cannot be read: ${problem}.`, 'Declare it by hand.')
    return undefined
  }
  if ([value, ...conditions].some((part) => (part?.measures.length ?? 0) > 0)) {
    lose('AM6220', object, 'It aggregates other measures.', 'Build a model with one row for what is aggregated twice.')
    return undefined
  }
  const rows = agg === 'count' && (value === undefined || value.sql === '*' || value.sql === '1')
  return {
    simple: filled({ agg, sql: rows ? undefined : value?.sql, filter: allOf(conditions.map((one) => one.sql)) }),
  }
}

/** A rolling window is a cumulative metric over one without it. */
function rollingOf(
  cube: CubeModel,
  measure: CubeMeasure,
  base: Extract<MeasureBody, { simple: unknown }>,
  object: string,
  parts: Measure[],
  lose: Lose,
): MeasureBody | undefined {
  const window = windowOf(measure)
  if (window === undefined) {
    lose(
      'AM6230',
      object,
      `Its window ${JSON.stringify(measure.rolling_window)} does not end with the period.`,
      'Use a trailing window, or from the start of a period.',
    )
    return undefined
  }
  const plain = (cube.measures ?? []).find(
    (other) =>
      other.rolling_window === undefined &&
      other.type === measure.type &&
      other.sql === measure.sql &&
      JSON.stringify(other.filters) === JSON.stringify(measure.filters),
  )
  const name = plain?.name ?? `${measure.name}_base`
  if (plain === undefined) {
    parts.push({ name, about: { description: `Part of ${measure.name}.` }, body: base, part: true })
  }
  return { metric: `${nameOf(cube.name)}.${name}`, window }
}

function windowOf({
  rolling_window: window,
}: CubeMeasure): Extract<MeasureBody, { window: unknown }>['window'] | undefined {
  if (window === undefined) return undefined
  if (window.type === 'to_date') return `${window.granularity}_to_date` as 'month_to_date'
  if (window.leading !== undefined || window.offset === 'start' || window.trailing === undefined) return undefined
  return window.trailing === 'unbounded' ? 'all' : { trailing: window.trailing }
}

const SHIFTED = /^\{([\w.]+)\}$/

function shiftOf(
  cubes: Cubes,
  cube: CubeModel,
  measure: CubeMeasure,
  object: string,
  lose: Lose,
): MeasureBody | undefined {
  const [shift, ...others] = measure.time_shift ?? []
  const { measures, sql } = translateSql(cubes, cube, measure.sql ?? '')
  const [metric] = measures
  if (
    metric !== undefined &&
    SHIFTED.test(sql) &&
    shift?.interval !== undefined &&
    shift.type === 'prior' &&
    others.length === 0
  ) {
    return { metric, offset: shift.interval }
  }
  lose(
    'AM6230',
    object,
    'Its shift in time is not one measure a fixed span ago.',
    'Declare an `offset` metric by hand.',
  )
  return undefined
}

const PERCENTILE =
  /^percentile_cont\(\s*(0?\.\d+)\s*\)\s*within\s+group\s*\(\s*order\s+by\s+(?:case\s+when\s+\(([\s\S]+)\)\s+then\s+([\s\S]+?)\s+end|([\s\S]+))\s*\)$/i

/** `number` is an expression over measures, or an aggregate of its own; of those percentiles are known. */
function numberOf(
  cubes: Cubes,
  cube: CubeModel,
  measure: CubeMeasure,
  object: string,
  lose: Lose,
): MeasureBody | undefined {
  const { measures, problem, sql } = translateSql(cubes, cube, measure.sql ?? '')
  if (measure.type !== 'number' || measure.multi_stage === true || problem !== undefined) {
    const why = problem ?? (measure.multi_stage === true ? 'it is multi-stage' : `it is of type \`${measure.type}\``)
    lose('AM6220', object, `It has no counterpart: ${why}.`, 'Declare it by hand.')
    return undefined
  }
  const [, percentile, filter, filtered, plain] = PERCENTILE.exec(sql) ?? []
  if (percentile !== undefined) {
    const half = Number(percentile) === 0.5
    return {
      simple: filled({
        agg: half ? ('median' as const) : ('percentile' as const),
        percentile: half ? undefined : Number(percentile),
        sql: filtered ?? plain,
        filter,
      }),
    }
  }
  if (hasAggregate(sql) || measures.length === 0) {
    lose(
      'AM6220',
      object,
      `It aggregates within an expression: ${sql}.`,
      'Declare each aggregate as a metric, and this over them.',
    )
    return undefined
  }
  return { expr: sql }
}

function aboutOf({ description, format, meta, name, title }: CubeMeasure): object {
  const own = (meta?.agent_metrics ?? {}) as Record<string, unknown>
  const { part: _, ...rest } = own
  const shown = format === 'percent' || format === 'currency' ? format : undefined
  return filled({ label: labelOf(title, nameOf(name)), description, format: shown, ...rest })
}

const KNOWN = new Set([
  'name',
  'type',
  'sql',
  'filters',
  'rolling_window',
  'time_shift',
  'multi_stage',
  'title',
  'description',
  'meta',
  'public',
  'shown',
])

function reportExtras(measure: CubeMeasure, object: string, lose: Lose): void {
  const odd = Object.keys(measure).filter((key) => !KNOWN.has(key) && key !== 'format')
  if (
    typeof measure.format === 'object' ||
    (measure.format !== undefined && !['percent', 'currency', 'number'].includes(String(measure.format)))
  )
    odd.push('format')
  const meta = Object.keys(measure.meta ?? {}).filter((key) => key !== 'agent_metrics')
  if (meta.length > 0) odd.push(...meta.map((key) => `meta.${key}`))
  if (odd.length > 0) lose('AM6234', object, `Left behind: ${odd.join(', ')}.`, 'Nothing, unless people miss it.')
  if (measure.public === false && measure.meta?.agent_metrics === undefined)
    lose(
      'AM6211',
      object,
      'It is not public there; metrics here can be asked for by everybody.',
      'Leave it out if need be.',
    )
}
