import { type Meaning, NOBODY, type Owner } from '../compiler/index.ts'

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
  /** Text of YAML: names in braces, and values that are nothing but a name, as `owner` means them. */
  text(text: string, owner?: Owner): string
}

/** Without the manifest that has the old names, a bare name of a dimension is left as it is. */
export function namesAfter(renames: Renames, meaning?: Meaning): Names {
  const model = (name: string) => renames.models.get(name) ?? name
  const metric = (name: string) => renames.metrics.get(name) ?? name
  const dimension = (ref: { readonly model: string; readonly dimension: string }) =>
    `${model(ref.model)}.${renames.dimensions.get(`${ref.model}.${ref.dimension}`) ?? ref.dimension}`
  const word = (name: string, owner: Owner): string => {
    const [first = '', second] = name.split('.')
    if (second !== undefined) return dimension({ model: first, dimension: second })
    const of = meaning?.dimension(name, owner)
    return (of === undefined ? undefined : renames.dimensions.get(`${of}.${name}`)) ?? metric(name)
  }
  return {
    relation: (name) => renames.relations.get(name) ?? name,
    model,
    dimension,
    metric,
    text: (text, owner = NOBODY) => {
      const name = /^(-?)([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?)$/.exec(text)
      if (name !== null) return `${name[1]}${word(name[2] ?? '', owner)}`
      return text.replace(/\{\s*([a-z][a-z0-9_.]*)\s*\}/g, (_all, found: string) => `{${word(found, owner)}}`)
    },
  }
}
