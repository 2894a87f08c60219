import type { Effect } from '../change.ts'
import type { Names } from '../renames.ts'
import { type FactEntry, type Facts, factsOf } from './fact.ts'

const COSMETIC = new Set(['title', 'description', 'runbook', 'owner', 'icon', 'order', 'width', 'height', 'label'])
const PLACES = new Set(['source', 'id', 'query'])

/** Every leaf of a plain definition is a fact under its path: alerts, channels, reports. */
export function documentFacts(definition: object, names: Names): Facts {
  return factsOf(leaves(definition, [], names))
}

function leaves(value: unknown, path: readonly string[], names: Names): readonly FactEntry[] {
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) {
    return [entry(path, value.map((item) => scalar(item, names)).join(', '))]
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, item]) =>
      PLACES.has(key) && path.length === 0 ? [] : leaves(item, [...path, key], names),
    )
  }
  return value === undefined || value === null ? [] : [entry(path, scalar(value, names))]
}

function entry(path: readonly string[], value: string): FactEntry {
  const effect: Effect = COSMETIC.has(path.at(-1) ?? '') ? 'cosmetic' : 'values'
  return [path.join('.'), path.join('.'), value, effect]
}

const scalar = (value: unknown, names: Names) => (typeof value === 'string' ? names.text(value) : String(value))
