import type { Dimension, SemanticModel } from '../../compiler/index.ts'
import type { Names } from '../renames.ts'
import { type FactEntry, type Facts, factsOf } from './fact.ts'
import { normalExpression } from './normal-expression.ts'

export function modelFacts(model: SemanticModel, names: Names): Facts {
  return factsOf([
    ['relation', 'relation', names.relation(model.relation), 'values'],
    ['primary key', 'primary key', model.primaryKey, 'breaking'],
    ['time', 'time dimension', model.timeDimension && timeOf(model, names), 'breaking'],
    ['tenant', 'tenant column', model.tenant ? 'yes' : 'none: rows are shared between organisations', tenantEffects],
    ['label', 'label', model.label, 'cosmetic'],
    ['description', 'description', model.description, 'cosmetic'],
    ['owner', 'owner', model.owner, 'cosmetic'],
    ...model.joins.map((join) => joinFact(join, names)),
    ...model.hierarchies.map(
      ({ name, levels }): FactEntry => [
        `hierarchy ${name}`,
        `hierarchy ${name}`,
        levels.map(names.dimension).join(' → '),
        { added: 'addition', removed: 'breaking', changed: 'breaking' },
      ],
    ),
    ...model.preAggregations.map(
      ({ name, metrics, dimensions, grain }): FactEntry => [
        `pre-aggregation ${name}`,
        `pre-aggregation ${name}`,
        `${metrics.map(names.metric).join(', ')} by ${[...dimensions.map(names.dimension), grain].filter(Boolean).join(', ')}`,
        'cosmetic',
      ],
    ),
  ])
}

const tenantEffects = { added: 'access', removed: 'access', changed: 'access' } as const

const timeOf = (model: SemanticModel, names: Names) =>
  names.dimension({ model: model.name, dimension: model.timeDimension ?? '' })

/** Rows of a model that is joined one to many would count more than once: the compiler keeps metrics from it. */
function joinFact({ to, left, right, relationship }: SemanticModel['joins'][number], names: Names): FactEntry {
  const fans = relationship === 'one_to_many' ? ', which fans out: its dimensions do not reach the metrics here' : ''
  const effects = { added: fans === '' ? 'addition' : 'values', removed: 'breaking', changed: 'breaking' } as const
  const target = names.model(to)
  return [
    `join ${target}`,
    `join to ${target}`,
    `${left} = ${right} (${relationship.replaceAll('_', ' ')}${fans})`,
    effects,
  ]
}

export function dimensionFacts(dimension: Dimension, names: Names): Facts {
  const removedValue = { added: 'addition', removed: 'values', changed: 'values' } as const
  return factsOf([
    ['type', 'type', dimension.type, 'breaking'],
    ['sql', 'expression', normalExpression(dimension.sql, names), 'breaking'],
    ['public', 'visibility', dimension.public ? 'public' : 'not shown', 'breaking'],
    ['label', 'label', dimension.label, 'cosmetic'],
    ['description', 'description', dimension.description, 'cosmetic'],
    ['synonyms', 'synonyms', dimension.synonyms.join(', '), 'cosmetic'],
    ['tags', 'tags', dimension.tags.join(', '), 'cosmetic'],
    ['labels', 'labels of values', textOf(dimension.labels), 'cosmetic'],
    ['statuses', 'statuses of values', textOf(dimension.statuses), 'cosmetic'],
    ...(dimension.values ?? []).map(
      (value): FactEntry => [`value ${value}`, 'value', JSON.stringify(value), removedValue],
    ),
  ])
}

const textOf = (given: Dimension['labels'] | Dimension['statuses']): string | null =>
  given === undefined ? null : JSON.stringify(given)
