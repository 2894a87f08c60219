import { nameOf } from '../draft/index.ts'
import type { DbtEntity, DbtManifest, DbtMeasure, DbtSemanticModel } from './manifest.ts'

/** The semantic models of a manifest, to look things up in. */
export interface World {
  readonly models: readonly DbtSemanticModel[]
  model(name: string): DbtSemanticModel | undefined
  measure(name: string): { readonly model: DbtSemanticModel; readonly measure: DbtMeasure } | undefined
  /** Models whose rows an entity identifies. */
  identifiedBy(entity: string): readonly DbtSemanticModel[]
  /** Models that declare a dimension of this name, in the names of this project. */
  withDimension(name: string): readonly DbtSemanticModel[]
}

export function createWorld({ semanticModels: models }: DbtManifest): World {
  const byName = new Map(models.map((model) => [model.name, model]))
  const measures = new Map(
    models.flatMap((model) => (model.measures ?? []).map((measure) => [measure.name, { model, measure }] as const)),
  )
  return {
    models,
    model: (name) => byName.get(name),
    measure: (name) => measures.get(name),
    identifiedBy: (entity) =>
      models.filter(
        (model) => model.primary_entity === entity || (model.entities ?? []).some((own) => identifies(own, entity)),
      ),
    withDimension: (name) => models.filter((model) => hasDimension(model, name)),
  }
}

export const identifies = ({ name, type }: DbtEntity, entity: string): boolean =>
  name === entity && (type === 'primary' || type === 'unique')

export const sqlOf = ({ name, expr }: { readonly name: string; readonly expr?: string | null }): string =>
  expr == null || expr === '' ? name : String(expr)

export function hasDimension(model: DbtSemanticModel, name: string): boolean {
  return (model.dimensions ?? []).some((dimension) => nameOf(dimension.name) === name)
}

export const ownEntity = (model: DbtSemanticModel, name: string): DbtEntity | undefined =>
  (model.entities ?? []).find((entity) => entity.name === name)

export const relationOf = ({ name, node_relation: relation }: DbtSemanticModel): string =>
  relation == null ? name : [relation.schema_name, relation.alias].filter(Boolean).join('.')

/** What identifies the rows of a model: its primary entity, or a unique one. */
export const primaryOf = ({ entities = [] }: DbtSemanticModel): DbtEntity | undefined =>
  entities.find(({ type }) => type === 'primary') ?? entities.find(({ type }) => type === 'unique')
