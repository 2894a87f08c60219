/** New names by old ones; what kept its name is absent. */
export interface Renames {
  readonly relations: ReadonlyMap<string, string>
  readonly models: ReadonlyMap<string, string>
  /** `model.dimension`, both with their old names, to the new name of the dimension. */
  readonly dimensions: ReadonlyMap<string, string>
  readonly metrics: ReadonlyMap<string, string>
}

export const NO_RENAMES: Renames = {
  relations: new Map(),
  models: new Map(),
  dimensions: new Map(),
  metrics: new Map(),
}

/** Reads the names of one side in the words of the other. */
export interface Names {
  relation(name: string): string
  model(name: string): string
  dimension(ref: { readonly model: string; readonly dimension: string }): string
  metric(name: string): string
  /** Text of YAML: names in braces, and values that are nothing but a name. */
  text(text: string): string
}

export function namesAfter(renames: Renames): Names {
  const model = (name: string) => renames.models.get(name) ?? name
  const metric = (name: string) => renames.metrics.get(name) ?? name
  const dimension = (ref: { readonly model: string; readonly dimension: string }) =>
    `${model(ref.model)}.${renames.dimensions.get(`${ref.model}.${ref.dimension}`) ?? ref.dimension}`
  const words = new Map([
    ...renames.metrics,
    ...[...renames.dimensions].flatMap(([from, to]) => wordsOf(from, to, model)),
  ])
  const word = (text: string) => words.get(text) ?? text
  return {
    relation: (name) => renames.relations.get(name) ?? name,
    model,
    dimension,
    metric,
    text: (text) =>
      word(text)
        .replace(/^-(.+)$/, (_all, name: string) => `-${word(name)}`)
        .replace(/\{\s*([a-z][a-z0-9_.]*)\s*\}/g, (_all, name: string) => `{${word(name)}}`),
  }
}

function wordsOf(from: string, to: string, model: (name: string) => string): readonly (readonly [string, string])[] {
  const [owner = '', name = ''] = from.split('.')
  return [
    [name, to],
    [from, `${model(owner)}.${to}`],
  ]
}
