import type { CompositeMetric, SemanticModel } from '../../definitions/index.ts'
import { toYaml, withSchema } from '../../init/index.ts'
import type { Draft } from './draft.ts'

/** Files of a draft, by their path from the project: a file for each model, one for metrics across models. */
export function filesOf(draft: Draft, out: string, heading: string): ReadonlyMap<string, string> {
  const homes = homesOf(draft)
  const comment = `# ${heading}\n`
  const files = draft.models.map((model): [string, string] => {
    const own = draft.metrics.filter(({ name }) => homes.get(name) === model.name)
    return [`${out}/${model.name}.yml`, comment + yamlOf([model], own)]
  })
  const across = draft.metrics.filter(({ name }) => homes.get(name) === undefined)
  const rest: [string, string][] =
    across.length === 0 ? [] : [[`${out}/across_models.yml`, comment + yamlOf([], across)]]
  const sql = draft.sqlModels.map(({ name, sql }): [string, string] => [`models/${name}.sql`, `${sql}\n`])
  return new Map([...files, ...rest, ...sql].map(([file, text]) => [file, withSchema(file, text)]))
}

const yamlOf = (models: readonly SemanticModel[], metrics: readonly CompositeMetric[]) =>
  toYaml({
    version: 1,
    ...(models.length > 0 && { semantic_models: models }),
    ...(metrics.length > 0 && { metrics }),
  })

/** The only model that a composite metric reads, through other metrics too; undefined where there are several. */
function homesOf({ models, metrics }: Draft): ReadonlyMap<string, string | undefined> {
  const simple = new Map(
    models.flatMap((model) => (model.metrics ?? []).map(({ name }) => [name, model.name] as const)),
  )
  const composite = new Map(metrics.map((metric) => [metric.name, metric]))
  const visit = (name: string, seen: ReadonlySet<string>): readonly string[] => {
    const home = simple.get(name)
    if (home !== undefined) return [home]
    const metric = composite.get(name)
    if (metric === undefined || seen.has(name)) return []
    return metricsIn(metric).flatMap((input) => visit(input, new Set([...seen, name])))
  }
  return new Map(
    metrics.map(({ name }) => {
      const [home, ...others] = new Set(visit(name, new Set()))
      return [name, others.length === 0 ? home : undefined]
    }),
  )
}

/** The metrics that a composite one is made of. */
export function metricsIn(metric: CompositeMetric): readonly string[] {
  if (metric.type === 'ratio') return [metric.numerator, metric.denominator]
  if (metric.type !== 'derived') return [metric.metric]
  return [...metric.expr.matchAll(/\{\s*([a-z][a-z0-9_]*)\s*\}/g)].flatMap(([, name]) => name ?? [])
}
