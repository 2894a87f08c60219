import { type Meaning, NOBODY, type Owner } from '../compiler/index.ts'
import { DIMENSION_KEYS, METRIC_KEYS, TEXT_KEYS } from './reference-keys.ts'
import type { Reference, Target } from './target.ts'

type Path = readonly (string | number)[]

/** Keys that name dimensions in the steps of a record only. */
const STEP_KEYS = new Set(['order', 'parent', 'kind', 'title', 'status', 'text'])
const MODEL_KEYS = new Set(['to', 'model'])
const HIERARCHY_KEYS = new Set(['hierarchy'])

/** Every place of a file of definitions where the target is named. */
export function findReferences(content: unknown, target: Target, meaning: Meaning): readonly Reference[] {
  return [...visit(content, [], NOBODY, { target, meaning })]
}

interface Search {
  readonly target: Target
  readonly meaning: Meaning
}

function* visit(value: unknown, path: Path, owner: Owner, search: Search): Generator<Reference> {
  if (typeof value === 'string') return yield* inText(value, path, owner, search)
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries())
      yield* visit(item, [...path, index], ownerOf(item, path, owner), search)
    return
  }
  if (typeof value !== 'object' || value === null) return
  for (const [key, item] of Object.entries(value)) {
    if (isRow(path)) yield* inKey(key, [...path, key], owner, search)
    yield* visit(item, [...path, key], ownerOf(item, [...path, key], ownerOf(value, path, owner)), search)
  }
}

/** Rows of what a test expects have metrics and dimensions as their keys. */
const isRow = (path: Path) => path[0] === 'tests' && path[2] === 'expect' && path.length === 4

/** A semantic model is its own owner, its steps belong to the model they name; a question is owned by what it asks for. */
function ownerOf(value: unknown, path: Path, owner: Owner): Owner {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return owner
  const item = value as Readonly<Record<string, unknown>>
  if (path.at(-1) === 'steps' && typeof item.model === 'string') return { model: item.model }
  if (path.length === 1 && path[0] === 'semantic_models' && typeof item.name === 'string') return { model: item.name }
  if (path[0] === 'semantic_models' || path[0] === 'access') return owner
  const query = (typeof item.query === 'object' && item.query !== null ? item.query : item) as typeof item
  const metrics = [query.metric, ...(Array.isArray(query.metrics) ? query.metrics : [])].filter(
    (name) => typeof name === 'string',
  )
  const hierarchy =
    typeof query.hierarchy === 'string' && query.hierarchy.includes('.') ? [query.hierarchy.split('.')[0] ?? ''] : []
  const models = typeof query.model === 'string' ? [query.model] : metrics.length === 0 ? hierarchy : []
  return metrics.length + models.length > 0 ? { metrics, models } : owner
}

/** The key that says what a value means; items of a list mean what the list does. */
function keyOf(path: Path): string {
  const last = path.at(-1)
  return String(typeof last === 'number' ? path.at(-2) : last)
}

function* inText(text: string, path: Path, owner: Owner, search: Search): Generator<Reference> {
  const key = keyOf(path)
  if (key === 'name' && isDeclaration(path, owner, search.target) && text === search.target.name) {
    yield { path, from: text }
  } else if (TEXT_KEYS.has(key)) yield* inBraces(text, path, owner, search)
  else if (isName(key, path)) yield* inName(text, path, 0, owner, search, key)
}

function isName(key: string, path: Path): boolean {
  if (path.includes('steps') && path.includes('detail'))
    return STEP_KEYS.has(key) || METRIC_KEYS.has(key) || MODEL_KEYS.has(key)
  const isOrder = key === 'order' && typeof path.at(-1) === 'number'
  return isOrder || METRIC_KEYS.has(key) || DIMENSION_KEYS.has(key) || MODEL_KEYS.has(key) || HIERARCHY_KEYS.has(key)
}

function isDeclaration(path: Path, owner: Owner, target: Target): boolean {
  const [top, , list] = path
  if (target.kind === 'model') return top === 'semantic_models' && path.length === 3
  if (target.kind === 'metric')
    return (
      (top === 'metrics' && path.length === 3) || (top === 'semantic_models' && list === 'metrics' && path.length === 5)
    )
  return (
    top === 'semantic_models' &&
    list === 'dimensions' &&
    path.length === 5 &&
    'model' in owner &&
    owner.model === target.model
  )
}

function* inBraces(text: string, path: Path, owner: Owner, search: Search): Generator<Reference> {
  for (const match of text.matchAll(/\{\s*([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?)\s*\}/g)) {
    const name = match[1] ?? ''
    yield* inName(name, path, match.index + match[0].indexOf(name), owner, search, 'braces')
  }
}

function* inName(
  text: string,
  path: Path,
  start: number,
  owner: Owner,
  search: Search,
  key: string,
): Generator<Reference> {
  const sign = text.startsWith('-') ? 1 : 0
  const [first = '', second] = text.slice(sign).split('.')
  const { target, meaning } = search
  const at = (name: string, offset: number): Reference => ({ path, offset: start + sign + offset, from: name })
  if (target.kind === 'model') {
    const isModel = second === undefined ? MODEL_KEYS.has(key) : true
    if (isModel && first === target.name) yield at(first, 0)
    return
  }
  if (target.kind === 'metric') {
    const mayBeMetric = METRIC_KEYS.has(key) || key === 'order' || key === 'braces'
    if (second === undefined && first === target.name && mayBeMetric) yield at(first, 0)
    return
  }
  if (METRIC_KEYS.has(key) || MODEL_KEYS.has(key) || HIERARCHY_KEYS.has(key)) return
  if (second !== undefined) {
    if (first === target.model && second === target.name) yield at(second, first.length + 1)
  } else if (first === target.name && meaning.dimension(first, owner) === target.model) yield at(first, 0)
}

function* inKey(key: string, path: Path, owner: Owner, search: Search): Generator<Reference> {
  const [first = '', second] = key.split('.')
  const { target, meaning } = search
  const found = (from: string) => ({ path, key: true, from })
  if (target.kind === 'metric') {
    if (key === target.name) yield found(key)
  } else if (target.kind === 'model') {
    if (second !== undefined && first === target.name) yield found(key)
  } else if (
    second === undefined
      ? first === target.name && meaning.dimension(first, owner) === target.model
      : key === `${target.model}.${target.name}`
  ) {
    yield found(key)
  }
}
