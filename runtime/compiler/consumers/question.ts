import type { Path, QueryDefinition } from '../../definitions/index.ts'
import { suggest } from '../../diagnostics/index.ts'
import type { DimensionRef, Metric } from '../manifest.ts'
import { checkMetricName } from '../metrics/index.ts'
import { resolveOrReport } from '../models/index.ts'
import { type Declared, inside, sorted } from '../project/index.ts'
import type { Catalogue } from './catalogue.ts'
import { checkFilter } from './check-filter.ts'

/** What something asks of the metrics, and where in its declaration each part stands. */
export interface Question {
  readonly declared: Declared<unknown>
  /** Node of the lineage that asks. */
  readonly node: string
  readonly metrics: readonly Named[]
  readonly by: readonly Named[]
  /** Models that are asked without a metric. */
  readonly models?: readonly string[]
  readonly grain?: Named | undefined
  readonly where?: Named | undefined
  readonly order?: readonly Named[] | undefined
}

export interface Named {
  readonly name: string
  readonly path: Path
}

export interface CheckedQuestion {
  readonly metrics: readonly Metric[]
  readonly homes: readonly string[]
  readonly by: readonly DimensionRef[]
}

/** Checks all that a question names; undefined where it cannot be answered, which was reported. */
export function checkQuestion(catalogue: Catalogue, question: Question): CheckedQuestion | undefined {
  const metrics = namedMetrics(catalogue, question)
  if (metrics === undefined) {
    checkKnown(catalogue, question)
    return undefined
  }
  const homes = [...new Set([...(question.models ?? []), ...metrics.flatMap(({ models }) => models)])]
  const asked = { homes, subject: subjectOf(question, homes) }
  const by = question.by.map(({ name, path }) =>
    resolveOrReport(catalogue.project, catalogue.models.space, asked, name, () => question.declared.at(path)),
  )
  const found = by.filter((ref) => ref !== undefined)
  for (const ref of found) catalogue.usage.dimensions.push({ node: question.node, ref })
  const { where } = question
  const fine = [
    found.length === by.length,
    checkGrain(catalogue, question, homes),
    checkOrder(catalogue, question),
    where === undefined ||
      checkFilter(catalogue, asked, inside(question.declared, where.path, where.name), question.node),
  ]
  return fine.every(Boolean) ? { metrics, homes, by: found } : undefined
}

/** Without its metrics a question cannot be judged, but names that exist nowhere are wrong in any case. */
function checkKnown({ models, project }: Catalogue, { by, declared }: Question): void {
  const names = [...models.space.nodes.values()].flatMap((node) => [...node.dimensions.keys()])
  for (const { name, path } of by) {
    const last = name.split('.').at(-1) ?? ''
    if (names.includes(last) || project.broken.has('dimensions', last)) continue
    const isDeclared = project.declarations.semanticModels.some(({ value }) =>
      value.dimensions?.some((dimension) => dimension.name === last),
    )
    if (isDeclared) continue
    project.report('AM1205', `There is no dimension \`${name}\`.`, {
      at: declared.at(path),
      hint: suggest(last, sorted(names)),
    })
  }
}

/** Every metric by name, or undefined where one is not there. */
function namedMetrics({ metrics, project, usage }: Catalogue, question: Question): readonly Metric[] | undefined {
  const found = question.metrics.map(({ name, path }) => {
    const at = () => question.declared.at(path)
    if (!checkMetricName(project, name, at)) return undefined
    usage.metrics.push({ node: question.node, metric: name, at })
    return metrics.get(name)
  })
  const sound = found.filter((metric) => metric !== undefined)
  return sound.length === found.length ? sound : undefined
}

function subjectOf({ metrics }: Question, homes: readonly string[]): string {
  const names = metrics.length > 0 ? metrics.map(({ name }) => name) : homes
  return names.map((name) => `\`${name}\``).join(', ')
}

/** Time means the time dimension of every model that is asked. */
function checkGrain(
  { models, project }: Catalogue,
  { declared, grain, metrics }: Question,
  homes: readonly string[],
): boolean {
  if (grain === undefined) return true
  const lacking = homes.find((home) => models.timeDimension(home) == null)
  if (lacking === undefined) return true
  if (models.timeDimension(lacking) === undefined) return false
  const subject = metrics.length === 1 ? `\`${metrics[0]?.name}\` has` : 'These metrics have'
  project.report('AM1321', `${subject} no ${grain.name}: \`${lacking}\` has no \`time_dimension\`.`, {
    at: declared.at(grain.path),
    hint: `Give \`${lacking}\` a \`time_dimension\`${grain.name === 'time' ? '' : ', or ask for no grain'}.`,
  })
  return false
}

function checkOrder({ project }: Catalogue, { by, declared, grain, metrics, order = [] }: Question): boolean {
  const columns = [...metrics.map(({ name }) => name), ...by.map(({ name }) => name), ...(grain ? ['time'] : [])]
  const unknown = order.filter(({ name }) => !columns.includes(name.replace(/^-/, '')))
  for (const { name, path } of unknown) {
    const column = name.replace(/^-/, '')
    const hint = column === 'time' ? 'Add a `grain`, or order by something else.' : suggest(column, columns)
    project.report('AM1323', `The answer has no column \`${column}\` to order by.`, { at: declared.at(path), hint })
  }
  return unknown.length === 0
}

/** Names of a list with their places: `['metrics', 0]`. */
export const namesAt = (key: string, names: readonly string[] | undefined): readonly Named[] =>
  (names ?? []).map((name, index) => ({ name, path: [key, index] }))

export const nameAt = (key: string, name: string | undefined): readonly Named[] =>
  name === undefined ? [] : [{ name, path: [key] }]

/** The question with its dimensions written with their models: without metrics nothing else says which are meant. */
export function qualified(question: Question, { by: refs }: CheckedQuestion): Question {
  if (question.metrics.length > 0) return question
  const names = new Map(question.by.map(({ name }, index) => [name, refs[index]]))
  const qualify = ({ name, path }: Named): Named => {
    const [, minus = '', plain = ''] = /^(-?)(.*)$/.exec(name) ?? []
    const ref = names.get(plain)
    return { name: ref === undefined ? name : `${minus}${ref.model}.${ref.dimension}`, path }
  }
  return { ...question, by: question.by.map(qualify), order: question.order?.map(qualify) }
}

/** The query that answers a question, as clients would write it. */
export function queryOf(question: Question, limit?: number | undefined): QueryDefinition {
  const { by, grain, metrics, order = [], where } = question
  return {
    ...(metrics.length === 0 ? {} : { metrics: metrics.map(({ name }) => name) }),
    ...(by.length === 0 ? {} : { by: by.map(({ name }) => name) }),
    ...(grain === undefined ? {} : { grain: grain.name as NonNullable<QueryDefinition['grain']> }),
    ...(where === undefined ? {} : { where: where.name }),
    ...(order.length === 0 ? {} : { order: order.map(({ name }) => name) }),
    ...(limit === undefined ? {} : { limit }),
  }
}
