import type { Join } from '../../definitions/index.ts'
import { asColumn, filled, type Lose, nameOf } from '../draft/index.ts'
import type { DbtEntity, DbtSemanticModel } from './manifest.ts'
import { identifies, ownEntity, primaryOf, sqlOf, type World } from './world.ts'

/** Joins from a model to all that its entities identify. */
export function joinsOf(world: World, model: DbtSemanticModel, lose: Lose): readonly Join[] {
  const joins = (model.entities ?? []).flatMap((entity) =>
    world
      .identifiedBy(entity.name)
      .filter((target) => target !== model && isFirst(world, model, entity, target))
      .flatMap((target) => joinOf(model, entity, target, lose)),
  )
  const first = new Map(joins.map((join) => [join.to, join]).reverse() as [string, Join][])
  for (const join of joins) {
    if (first.get(join.to) !== join) {
      lose(
        'AM6226',
        `semantic_model:${model.name}`,
        `It reaches \`${join.to}\` through several entities; the join is made by the first.`,
        'Declare a second semantic model over the relation, named after its role, and join that.',
      )
    }
  }
  return joins.filter((join) => first.get(join.to) === join)
}

/** Where each identifies the other, one of the two joins is enough: the one declared later joins the earlier one. */
function isFirst(world: World, model: DbtSemanticModel, entity: DbtEntity, target: DbtSemanticModel): boolean {
  if (!identifies(entity, entity.name)) return true
  return world.models.indexOf(target) < world.models.indexOf(model)
}

function joinOf(model: DbtSemanticModel, entity: DbtEntity, target: DbtSemanticModel, lose: Lose): readonly Join[] {
  const there = ownEntity(target, entity.name)
  if (there === undefined) return []
  const [left, right] = [asColumn(sqlOf(entity)), asColumn(sqlOf(there))]
  if (left === undefined || right === undefined) {
    lose(
      'AM6226',
      `entity:${model.name}.${entity.name}`,
      `The join to \`${target.name}\` is by an expression: \`${sqlOf(entity)}\` = \`${sqlOf(there)}\`.`,
      'Add the expression as a column to the dbt model.',
    )
    return []
  }
  const primary = primaryOf(target)
  const short = primary !== undefined && asColumn(sqlOf(primary)) === right
  const relationship = identifies(entity, entity.name) ? ('one_to_one' as const) : undefined
  return [filled({ to: nameOf(target.name), on: short ? left : { left, right }, relationship }) as Join]
}
