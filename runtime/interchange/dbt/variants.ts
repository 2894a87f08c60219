import type { SemanticModel } from '../../definitions/index.ts'
import { asColumn, type Lose, nameOf } from '../draft/index.ts'
import type { Aggregation } from './aggregation.ts'
import type { DbtSemanticModel } from './manifest.ts'
import { primaryOf, relationOf, sqlOf } from './world.ts'

/** Metrics here follow the time of their model; those of another time live in a second model over the same relation. */
export interface Variants {
  /** The model that the metric belongs to. */
  homeOf(aggregation: Aggregation, object: string): DbtSemanticModel
  /** The models that came to be that way. */
  models(): readonly SemanticModel[]
}

export function createVariants(lose: Lose): Variants {
  const made = new Map<string, { readonly home: DbtSemanticModel; readonly model: SemanticModel }>()
  return {
    homeOf: ({ model, time }, object) => {
      const usual = model.defaults?.agg_time_dimension ?? undefined
      if (time === undefined || time === usual) return model
      const name = `${model.name}_by_${time}`
      const known = made.get(name)
      if (known !== undefined) return known.home
      const variant = variantOf(model, time, name)
      if (variant === undefined) {
        lose(
          'AM6230',
          object,
          `Its time is \`${time}\`, that of its model is \`${usual ?? 'none'}\`, and without a primary key there can be no second model.`,
          'Give the semantic model a primary entity, or declare a model of its own for the metric.',
        )
        return model
      }
      const home = { ...model, name, defaults: { agg_time_dimension: time } }
      made.set(name, { home, model: variant })
      return home
    },
    models: () => [...made.values()].map(({ model }) => model),
  }
}

function variantOf(model: DbtSemanticModel, time: string, name: string): SemanticModel | undefined {
  const primary = primaryOf(model)
  const key = primary === undefined ? undefined : asColumn(sqlOf(primary))
  const dimension = (model.dimensions ?? []).find((one) => one.name === time)
  if (key === undefined || dimension === undefined) return undefined
  const [own, sql] = [nameOf(time), sqlOf(dimension)]
  return {
    name: nameOf(name),
    description: `${nameOf(model.name)} by \`${own}\`.`,
    relation: relationOf(model),
    primary_key: key,
    time_dimension: own,
    joins: [{ to: nameOf(model.name), on: key, relationship: 'one_to_one' }],
    dimensions: [{ name: own, type: 'time', ...(sql !== own && { sql }) }],
  }
}
