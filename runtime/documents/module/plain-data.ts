import { diagnostic } from '../../diagnostics/index.ts'
import type { Locate, Path, Problem } from '../document.ts'

interface Plain {
  readonly content: unknown
  readonly problems: readonly Problem[]
}

/** A copy as plain data without keys that are undefined; anything that is not data is a problem. */
export function plainData(value: unknown, locate: Locate): Plain {
  const problems: Problem[] = []
  const content = copy(value, [], new Set(), (path, what, hint) => {
    problems.push({ path, diagnostic: diagnostic('AM1014', `${what} is not plain data.`, { at: locate(path), hint }) })
  })
  return { content, problems }
}

type Report = (path: Path, what: string, hint: string) => void
const DATA = 'Definitions hold text, numbers, true and false, lists and plain objects.'

function copy(value: unknown, path: Path, above: ReadonlySet<unknown>, report: Report): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (typeof value === 'number') return void report(path, String(value), DATA)
  if (typeof value !== 'object') return void report(path, nameOf(value), hintFor(value))
  if (above.has(value)) return void report(path, 'An object that contains itself', DATA)
  const inside = new Set(above).add(value)
  if (Array.isArray(value)) return value.map((item, index) => copy(item, [...path, index], inside, report) ?? null)
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    return void report(path, nameOf(value), hintFor(value))
  }
  const entries = Object.entries(value).filter(([, child]) => child !== undefined)
  return Object.fromEntries(entries.map(([key, child]) => [key, copy(child, [...path, key], inside, report)]))
}

function nameOf(value: unknown): string {
  if (typeof value === 'object' && value !== null) return `An instance of ${value.constructor.name}`
  return (
    { function: 'A function', undefined: 'An undefined value', bigint: 'A bigint', symbol: 'A symbol' }[
      typeof value as string
    ] ?? 'This'
  )
}

function hintFor(value: unknown): string {
  if (value instanceof Date) return "Write days as text: '2026-01-31'."
  if (typeof value === 'function') return 'Call the function and use its result.'
  return DATA
}
