import { type Path, type Violation, valueAt } from '../../documents/index.ts'
import type { BrokenPart } from '../definition-file.ts'

/** The part that has to be left out because of a mistake at a path. */
export function partAround(path: Path, parts: readonly string[]): Path {
  for (let length = path.length; length > 0; length--) {
    const prefix = path.slice(0, length)
    if (parts.includes(prefix.map((step) => (typeof step === 'number' ? '*' : step)).join('/'))) return prefix
  }
  return path.slice(0, 1)
}

/** The part at a path, and everything with a name inside it. */
export function brokenParts(file: string, content: unknown, path: Path): readonly BrokenPart[] {
  const kind = String(path.findLast((step) => typeof step === 'string') ?? 'file')
  const owner = path.length > 2 ? nameOf(valueAt(content, path.slice(0, 2))) : null
  const value = valueAt(content, path)
  return [{ file, kind, name: nameOf(value), owner }, ...namesInside(file, value, kind, nameOf(value))]
}

/** What is in a file that cannot be read at all, as well as it can be told from its text. */
export function namesInText(file: string, text: string | undefined): readonly BrokenPart[] {
  const part = (kind: string, name: string | null): BrokenPart => ({ file, kind, name, owner: null })
  const names = [...(text ?? '').matchAll(/\bname["']?\s*:\s*["']?([a-z]\w*)/g)].map((match) => match[1] ?? '')
  const model = /([^/]+)\.sql$/i.exec(file)?.[1]
  return [
    part('file', null),
    ...(mayHoldRules(file, text) ? [part('access', null)] : []),
    ...(model === undefined ? [] : [part('models', model)]),
    ...names.map((name) => part('file', name)),
  ]
}

/** Rules that cannot be read may forbid anything. In YAML those of the project start in the first column. */
function mayHoldRules(file: string, text: string | undefined): boolean {
  if (!file.startsWith('metrics/')) return false
  return text === undefined || (/\.ya?ml$/i.test(file) ? /^["']?access["']?\s*:/m : /\baccess\b/).test(text)
}

/** Project-wide access rules under a misspelt key. */
export const misspeltRules = (file: string, violations: readonly Violation[]): readonly BrokenPart[] =>
  violations.some(({ path, meant }) => path.length === 1 && meant === 'access')
    ? [{ file, kind: 'access', name: null, owner: null }]
    : []

function namesInside(file: string, value: unknown, kind: string, owner: string | null): readonly BrokenPart[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, child]) => {
    const childKind = Array.isArray(value) ? kind : key
    const name = nameOf(child)
    const here = name === null ? [] : [{ file, kind: childKind, name, owner }]
    return [...here, ...namesInside(file, child, childKind, name ?? owner)]
  })
}

function nameOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('name' in value)) return null
  return typeof value.name === 'string' ? value.name : null
}
