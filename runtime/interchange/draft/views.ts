import type { CompositeMetric, SemanticModel, SimpleMetric } from '../../definitions/index.ts'
import type { Lose } from './loss.ts'
import { createNameBook, nameOf } from './names.ts'

/** A view of LookML or a cube on its way to a semantic model; its measures still have the names they have there. */
export interface View {
  readonly model: Omit<SemanticModel, 'metrics'>
  readonly measures: readonly Measure[]
}

export interface Measure {
  /** Name there. */
  readonly name: string
  /** What metrics have in common: label, description, format. */
  readonly about: object
  readonly body: MeasureBody
  /** True where it exists only because others are made of it. */
  readonly part?: boolean
}

/** Metrics of other measures are named `view.measure`, in texts in braces. */
export type MeasureBody =
  | { readonly simple: Pick<SimpleMetric, 'agg' | 'percentile' | 'sql' | 'filter'> }
  | { readonly expr: string }
  | { readonly metric: string; readonly window: CumulativeWindow }
  | { readonly metric: string; readonly offset: string }

export type CumulativeWindow = Extract<CompositeMetric, { type: 'cumulative' }>['window']

/** Semantic models and metrics of views: metric names become unique over the project. */
export function assemble(views: readonly View[], lose: Lose): { models: SemanticModel[]; metrics: CompositeMetric[] } {
  const names = nameMeasures(views, lose)
  const metrics: CompositeMetric[] = []
  const models = views.map(({ measures, model }) => {
    const simple: SimpleMetric[] = []
    for (const { about, body, name } of measures) {
      const key = `${model.name}.${name}`
      const common = { name: names.get(key) ?? nameOf(name), ...about }
      if ('simple' in body) simple.push(simpleOf(common, body.simple))
      else metrics.push(compositeOf(common, body, names))
    }
    return simple.length === 0 ? model : { ...model, metrics: simple }
  })
  return { models, metrics }
}

function simpleOf(
  common: { readonly name: string },
  { sql, ...rest }: Pick<SimpleMetric, 'agg' | 'sql'>,
): SimpleMetric {
  const own = sql === common.name && rest.agg !== 'count'
  return { ...common, ...rest, ...(sql !== undefined && !own && { sql }) }
}

const RATIO =
  /^(?:1(?:\.0+)?\s*\*\s*)?(?:cast\(\s*\{([\w.]+)\}\s+as\s+double(?:\s+precision)?\s*\)|\{([\w.]+)\})\s*\/\s*nullif\(\s*\{([\w.]+)\}\s*,\s*0\s*\)$/i

function compositeOf(
  common: { readonly name: string },
  body: Exclude<MeasureBody, { readonly simple: unknown }>,
  names: ReadonlyMap<string, string>,
): CompositeMetric {
  const named = (key: string) => names.get(key) ?? nameOf(key.slice(key.indexOf('.') + 1))
  if ('window' in body) return { ...common, type: 'cumulative', metric: named(body.metric), window: body.window }
  if ('offset' in body) return { ...common, type: 'offset', metric: named(body.metric), offset: body.offset }
  const [, cast, bare, denominator] = RATIO.exec(body.expr.trim()) ?? []
  const numerator = cast ?? bare
  if (numerator !== undefined && denominator !== undefined) {
    return { ...common, type: 'ratio', numerator: named(numerator), denominator: named(denominator) }
  }
  return {
    ...common,
    type: 'derived',
    expr: body.expr.replace(/\{([\w.]+)\}/g, (_, key: string) => `{${named(key)}}`),
  }
}

/** A measure keeps its name where it is the only one and nothing else has it; else its view is put before it. */
function nameMeasures(views: readonly View[], lose: Lose): ReadonlyMap<string, string> {
  const all = views.flatMap(({ measures }) => measures.map(({ name }) => nameOf(name)))
  const dimensions = views.flatMap(({ model }) => (model.dimensions ?? []).map(({ name }) => name))
  const often = new Set(all.filter((name, index) => all.indexOf(name) !== index))
  const book = createNameBook([...dimensions, ...often, 'count', 'time'])
  return new Map(
    views.flatMap(({ measures, model }) =>
      measures.map(({ name, part }): [string, string] => {
        const wish = nameOf(name)
        const given = book.take(wish, nameOf(`${model.name}_${name}`))
        if (given !== name && part !== true)
          lose(
            'AM6235',
            `measure:${model.name}.${name}`,
            `It is called \`${given}\` here.`,
            'Metric names are unique over the project.',
          )
        return [`${model.name}.${name}`, given]
      }),
    ),
  )
}
