import type { Owner } from '../../compiler/index.ts'
import type { Effect } from '../change.ts'
import type { Names } from '../renames.ts'
import { type FactEntry, type Facts, factsOf } from './fact.ts'

const COSMETIC = new Set([
  'title',
  'description',
  'runbook',
  'owner',
  'icon',
  'order',
  'width',
  'height',
  'label',
  'annotations',
])
const PLACES = new Set(['source', 'id', 'query'])

/** Every leaf of a plain definition is a fact under its path: alerts, channels, reports. */
export function documentFacts(definition: object, names: Names): Facts {
  const owner = ownerOf(definition)
  const translate: Translate = (text, key) => (key === 'model' ? names.model(text) : names.text(text, owner))
  return factsOf(leaves(definition, [], translate))
}

/** Names within it are meant as its metrics mean them. */
function ownerOf(definition: object): Owner {
  const { metric, metrics, model } = definition as { metric?: string; metrics?: readonly string[]; model?: string }
  const named = [metric, ...(metrics ?? [])].filter((name) => name !== undefined)
  return { metrics: named, models: model === undefined ? [] : [model] }
}

type Translate = (text: string, key: string) => string

function leaves(value: unknown, path: readonly string[], names: Translate): readonly FactEntry[] {
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) {
    return [entry(path, value.map((item) => scalar(item, path, names)).join(', '))]
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, item]) =>
      PLACES.has(key) && path.length === 0 ? [] : leaves(item, [...path, key], names),
    )
  }
  return value === undefined || value === null ? [] : [entry(path, scalar(value, path, names))]
}

function entry(path: readonly string[], value: string): FactEntry {
  const effect: Effect = COSMETIC.has(path.at(-1) ?? '') || COSMETIC.has(path[0] ?? '') ? 'cosmetic' : 'values'
  return [path.join('.'), path.join('.'), value, effect]
}

const scalar = (value: unknown, path: readonly string[], names: Translate) =>
  typeof value === 'string' ? names(value, path.at(-1) ?? '') : String(value)
