import type { CompositeMetric as Definition } from '../../definitions/index.ts'
import { oneOf } from '../../diagnostics/index.ts'
import { findAggregate, findColumns, parseSql, referencesOf } from '../expression/index.ts'
import type { CompositeMetric, Span, Window } from '../manifest.ts'
import { refuseEmpty, reportProblems } from '../models/index.ts'
import { type Declared, inside, type Project } from '../project/index.ts'
import { checkMetricName } from './metric-reference.ts'
import { derivedForm, type NormalForm, overWindow, parseSpan, printSpan, ratioForm, shiftedBy } from './normal-form.ts'

/** A metric that a composite one names, and where. */
export interface MetricUse {
  readonly name: string
  readonly path: readonly string[]
  readonly offset?: number
}

/** The metrics that a definition names, in order. */
export function usesOf({ value }: Declared<Definition>): readonly MetricUse[] {
  if (value.type === 'ratio') {
    return [
      { name: value.numerator, path: ['numerator'] },
      { name: value.denominator, path: ['denominator'] },
    ]
  }
  if (value.type !== 'derived') return [{ name: value.metric, path: ['metric'] }]
  return referencesOf(parseSql(value.expr)).map(({ reference, start }) => ({
    name: reference,
    path: ['expr'],
    offset: start,
  }))
}

/** Reports metrics that are not there and an `expr` that cannot be; true where the definition is sound by itself. */
export function checkComposite(project: Project, declared: Declared<Definition>): boolean {
  const named = usesOf(declared).map((use) => {
    const at = () => declared.at(use.path, 'value', use.offset, use.offset === undefined ? undefined : use.name.length)
    return checkMetricName(project, use.name, at, () => othersThan(project, declared.value.name))
  })
  const fine =
    declared.value.type !== 'derived' || checkExpression(project, inside(declared, ['expr'], declared.value.expr))
  return fine && named.every(Boolean)
}

const othersThan = ({ metricNames }: Project, name: string) => [...metricNames].filter((other) => other !== name)

function checkExpression(project: Project, expr: Declared<string>): boolean {
  if (!refuseEmpty(project, expr)) return false
  const { problems } = parseSql(expr.value)
  const sound = [reportProblems(project, expr, problems), refuseAggregates(project, expr), refuseColumns(project, expr)]
  if (!sound.every(Boolean)) return false
  if (usesOf(inside(expr, [], { type: 'derived', expr: expr.value, name: '' } as const)).length > 0) return true
  project.report('AM1309', 'The expression names no metric.', {
    at: expr.at(),
    hint: 'Metrics stand in braces: `{total_spend}`.',
  })
  return false
}

function refuseAggregates({ report }: Project, expr: Declared<string>): boolean {
  const found = findAggregate(expr.value)
  if (found === undefined) return true
  report('AM1225', `\`${found.text}(…)\` aggregates, but metrics are aggregated already.`, {
    at: expr.at([], 'value', found.start, found.length),
    hint: 'Declare a simple metric with this aggregation and use it in braces.',
  })
  return false
}

/** Bare names are columns, which an expression over metrics does not have. */
function refuseColumns({ metricNames, report }: Project, expr: Declared<string>): boolean {
  const columns = findColumns(expr.value)
  for (const { name, start, length } of columns) {
    report('AM1310', `\`${name}\` is not in braces, so it would be a column, and expressions are over metrics.`, {
      at: expr.at([], 'value', start, length),
      hint: metricNames.has(name)
        ? `Write \`{${name}}\`.`
        : 'Declare a simple metric over this column and use it in braces.',
    })
  }
  return columns.length === 0
}

/** The normal form over those of the metrics it names, or undefined where they cannot be put together. */
export function formOfComposite(
  project: Project,
  declared: Declared<Definition>,
  formOf: (metric: string) => NormalForm | undefined,
): NormalForm | undefined {
  const { value } = declared
  const forms = usesOf(declared).map(({ name }) => formOf(name))
  const [first, second] = forms
  if (first === undefined || forms.includes(undefined)) return undefined
  if (value.type === 'ratio') return second && ratioForm(first, second)
  if (value.type === 'derived') return derivedForm(derivedParts(value.expr, formOf))
  if (value.type === 'offset') return offsetForm(project, declared, first, parseSpan(value.offset))
  return cumulativeForm(project, declared, first, parseWindow(value.window))
}

function derivedParts(expr: string, formOf: (metric: string) => NormalForm | undefined) {
  return parseSql(expr).parts.map((part) => {
    if ('text' in part) return part
    const form = formOf(part.reference)
    if (form === undefined) throw new Error(`no form of ${part.reference}`)
    return { form }
  })
}

function offsetForm(
  project: Project,
  declared: Declared<Definition>,
  form: NormalForm,
  span: Span,
): NormalForm | undefined {
  const shifted = shiftedBy(form, span)
  if (!('leaf' in shifted)) return shifted
  const before = shifted.leaf.shift === null ? '' : printSpan(shifted.leaf.shift)
  project.report(
    'AM1315',
    `\`${declared.value.name}\` would be ${printSpan(span)} before ${before} before, which has no fixed length.`,
    {
      at: declared.at(['offset']),
      hint: 'Use units that fit: days with weeks, months with quarters and years.',
    },
  )
  return undefined
}

function cumulativeForm(
  project: Project,
  declared: Declared<Definition>,
  form: NormalForm,
  window: Window,
): NormalForm | undefined {
  const result = overWindow(form, window)
  if (!('leaf' in result)) return result
  project.report('AM1314', `\`${declared.value.name}\` would accumulate a metric that is cumulative already.`, {
    at: declared.at(['metric']),
    hint: `Accumulate ${oneOf([result.leaf.metric])} instead.`,
  })
  return undefined
}

/** What the manifest says about how it was declared. */
export function definitionOf(value: Definition): CompositeMetric['definition'] {
  if (value.type === 'ratio') return { numerator: value.numerator, denominator: value.denominator }
  if (value.type === 'derived') return { expr: value.expr }
  if (value.type === 'offset') return { metric: value.metric, offset: parseSpan(value.offset) }
  return { metric: value.metric, window: parseWindow(value.window) }
}

type DeclaredWindow = Extract<Definition, { type: 'cumulative' }>['window']

function parseWindow(window: DeclaredWindow): Window {
  if (typeof window === 'object') return { trailing: parseSpan(window.trailing) }
  if (window === 'all') return { all: true }
  const toDate = (['day', 'week', 'month', 'quarter', 'year'] as const).find((grain) => window === `${grain}_to_date`)
  if (toDate === undefined) throw new Error(`the schema lets no such window through: ${window}`)
  return { toDate }
}
