import { nearest, oneOf } from '../../diagnostics/index.ts'
import {
  type Condition,
  conditionsOf,
  type Filter,
  type FilterOperator,
  type FilterValue,
  parseFilter,
} from '../filter/index.ts'
import { checkMetricName } from '../metrics/index.ts'
import { type Asked, type DimensionNode, resolveOrReport } from '../models/index.ts'
import type { Declared, Place } from '../project/index.ts'
import type { Catalogue } from './catalogue.ts'

/** Checks a `where`: its syntax, what it refers to, and the values it compares with. */
export function checkFilter(catalogue: Catalogue, asked: Asked, where: Declared<string>, node: string): boolean {
  const parsed = parseFilter(where.value)
  if ('problem' in parsed) {
    const { end, hint, message, start } = parsed.problem
    const at = where.at([], 'value', start, Math.max(end - start, 1))
    catalogue.project.report('AM1227', message, { at, hint })
    return false
  }
  const top = new Set(topConditions(parsed.filter))
  return conditionsOf(parsed.filter)
    .map((condition) => checkCondition(catalogue, asked, where, condition, top.has(condition), node))
    .every(Boolean)
}

const topConditions = (filter: Filter): readonly Filter[] => (filter.kind === 'and' ? filter.filters : [filter])

function checkCondition(
  catalogue: Catalogue,
  asked: Asked,
  where: Declared<string>,
  condition: Condition,
  isTop: boolean,
  node: string,
): boolean {
  const { models, project, usage } = catalogue
  const { end, reference, start } = condition
  const at = () => where.at([], 'value', start, end - start)
  if (project.metricNames.has(reference)) {
    usage.metrics.push({ node, metric: reference, at })
    return checkMetricCondition(catalogue, reference, at, isTop)
  }
  if (reference === 'time') return checkTime(catalogue, asked, at) && checkValues(catalogue, where, condition, TIME)
  const ref = resolveOrReport(project, models.space, asked, reference, at)
  const dimension = ref && models.space.get(ref)
  if (ref === undefined || dimension === undefined) return false
  usage.dimensions.push({ node, ref })
  return checkOperator(catalogue, condition, dimension, at) && checkValues(catalogue, where, condition, dimension)
}

const TIME: Pick<DimensionNode, 'name' | 'type' | 'declared'> = { name: 'time', type: 'time', declared: null }

function checkMetricCondition({ project }: Catalogue, name: string, at: Place, isTop: boolean): boolean {
  if (!checkMetricName(project, name, at)) return false
  if (isTop) return true
  project.report('AM1227', `The metric \`${name}\` is compared inside \`or\` or \`not\`.`, {
    at: at(),
    hint: 'Conditions on metrics stand at the top, joined by `and`.',
  })
  return false
}

function checkTime({ models, project }: Catalogue, { homes }: Asked, at: Place): boolean {
  const lacking = homes.find((home) => models.timeDimension(home) == null)
  if (lacking === undefined) return true
  if (models.timeDimension(lacking) === null) {
    project.report('AM1321', `\`${lacking}\` has no \`time_dimension\`, so \`time\` means nothing here.`, {
      at: at(),
      hint: `Give \`${lacking}\` a \`time_dimension\`.`,
    })
  }
  return false
}

const ORDERED: readonly FilterOperator[] = ['lt', 'lte', 'gt', 'gte', 'between', 'not_between']
const TEXTUAL: readonly FilterOperator[] = ['like', 'not_like', 'ilike', 'not_ilike', 'contains', 'not_contains']

const SYMBOLS: Partial<Record<FilterOperator, string>> = { lt: '<', lte: '<=', gt: '>', gte: '>=' }

function checkOperator(
  { project }: Catalogue,
  { operator, reference }: Condition,
  { type }: DimensionNode,
  at: Place,
): boolean {
  const isText = type === 'string' || type === 'geo'
  const wrong = ORDERED.includes(operator) ? type === 'boolean' : TEXTUAL.includes(operator) && !isText
  if (!wrong) return true
  const word = SYMBOLS[operator] ?? operator.replaceAll('_', ' ')
  project.report('AM1235', `\`${reference}\` is of type ${type}, which \`${word}\` does not work for.`, {
    at: at(),
    hint: TEXTUAL.includes(operator)
      ? 'Use a dimension of type string, or compare with `=`, `<` or `>`.'
      : 'Compare with `=`.',
  })
  return false
}

type Compared = Pick<DimensionNode, 'name' | 'type' | 'declared'>

function checkValues(
  { project }: Catalogue,
  where: Declared<string>,
  condition: Condition,
  dimension: Compared,
): boolean {
  return condition.values
    .map((value, index) => {
      const span = condition.valueSpans[index]
      const at = () => (span ? where.at([], 'value', span.start, span.end - span.start) : where.at())
      const problem = valueProblem(dimension, value)
      if (problem !== undefined) {
        const text = where.value.slice(span?.start, span?.end)
        project.report('AM1228', `\`${dimension.name}\` is of type ${dimension.type}, and ${text} is not.`, {
          at: at(),
          hint: problem,
        })
        return false
      }
      if (!TEXTUAL.includes(condition.operator)) warnAboutValue(project.report, dimension, value, at)
      return true
    })
    .every(Boolean)
}

/** What to write instead of a value that has not the type of the dimension. */
function valueProblem({ type }: Compared, value: FilterValue): string | undefined {
  if (type === 'number') {
    if (typeof value === 'number') return undefined
    return typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value))
      ? `Write ${value} without quotes.`
      : 'Compare with a number.'
  }
  if (type === 'boolean') return typeof value === 'boolean' ? undefined : 'Compare with true or false.'
  if (type === 'time') {
    const isDate = typeof value === 'string' && /^\d{4}-\d{2}/.test(value) && !Number.isNaN(Date.parse(value))
    return isDate ? undefined : "Write a day or an instant: '2026-03-31' or '2026-03-31T09:00:00'."
  }
  return typeof value === 'string' ? undefined : `Write '${value}' in quotes.`
}

function warnAboutValue(
  report: Catalogue['project']['report'],
  { declared, name }: Compared,
  value: FilterValue,
  at: Place,
): void {
  const values = declared?.value.values
  if (values === undefined || values.includes(value)) return
  const near = nearest(String(value), values.map(String))
  report(
    'AM1229',
    `\`${name}\` never is '${value}': its \`values\` are ${oneOf(values.map(String)).replace(/ or /, ' and ')}.`,
    {
      at: at(),
      hint:
        near === undefined ? `Correct it, or add '${value}' to the values of \`${name}\`.` : `Did you mean '${near}'?`,
    },
  )
}
