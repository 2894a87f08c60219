import type { AccessValue, ModelAccess, SemanticModel } from '../../compiler/index.ts'
import type { Names } from '../renames.ts'
import { type FactEntry, type Facts, factsOf } from './fact.ts'

const WIDENED_WHEN_GONE = { added: 'values', removed: 'access', changed: 'access' } as const

/** What one role may not see, over all models: the facts are limits, so a fact that goes widens access. */
export function accessFacts(models: readonly SemanticModel[], role: ModelAccess['role'], names: Names): Facts {
  return factsOf(models.flatMap((model) => limitsOf(model, role, names)))
}

function limitsOf(model: SemanticModel, role: ModelAccess['role'], names: Names): readonly FactEntry[] {
  const of = names.model(model.name)
  const rules = model.access.filter((access) => access.role === role)
  const rows = rules.flatMap((access) => access.rows)
  const hidden = rules.flatMap(({ hide }) => hide)
  return [
    ...rows.map(({ dimension, operator, value }, index): FactEntry => {
      const same = rows.slice(0, index).filter((row) => names.dimension(row.dimension) === names.dimension(dimension))
      const key = `rows ${of} ${names.dimension(dimension)} ${same.length}`
      return [
        key,
        `row rule of ${of}`,
        `${names.dimension(dimension)} ${operator} ${valueText(value)}`,
        WIDENED_WHEN_GONE,
      ]
    }),
    ...hidden.map((dimension): FactEntry => {
      const name = names.dimension({ model: model.name, dimension })
      return [`hide ${name}`, 'hidden dimension', name, WIDENED_WHEN_GONE]
    }),
  ]
}

const valueText = (value: AccessValue) =>
  'attribute' in value ? `user.${value.attribute}` : JSON.stringify(value.constant)
