import { readdirSync, statSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { fail } from '../../diagnostics/index.ts'

export interface FoundFile {
  readonly path: string
  /** True where it was named by itself, not by a folder or a pattern. */
  readonly isNamed: boolean
}

const ENDINGS = /\.(jsonl|ndjson|json)(\.gz)?$/i

/** Files that are named, lie in a folder or fit a pattern (`*`, `**`, `?`), each once. Throws where one finds none. */
export function findFiles(names: readonly string[]): readonly FoundFile[] {
  const found = new Map<string, FoundFile>()
  for (const name of names) {
    for (const file of filesOf(name)) if (!found.has(file.path)) found.set(file.path, file)
  }
  return [...found.values()]
}

function filesOf(name: string): readonly FoundFile[] {
  const path = resolve(name)
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat?.isDirectory())
    return unlessNone(
      name,
      filesBelow(path).filter((file) => ENDINGS.test(file)),
    )
  if (stat !== undefined) return [{ path, isNamed: true }]
  if (!/[*?]/.test(name)) fail('AM7030', `There is no file ${name}.`, { hint: 'Name files, folders or patterns.' })
  const isMatch = patternOf(path)
  return unlessNone(
    name,
    filesBelow(fixedPart(path)).filter((file) => isMatch.test(file)),
  )
}

function unlessNone(name: string, paths: readonly string[]): readonly FoundFile[] {
  if (paths.length === 0) fail('AM7030', `${name} names no files of events (.json, .jsonl, .ndjson, also .gz).`)
  return [...paths].sort().map((path) => ({ path, isNamed: false }))
}

function filesBelow(dir: string): readonly string[] {
  if (statSync(dir, { throwIfNoEntry: false })?.isDirectory() !== true) return []
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name)
    return entry.isDirectory() ? filesBelow(path) : entry.isFile() ? [path] : []
  })
}

function fixedPart(path: string): string {
  const parts = path.split(sep)
  const end = parts.findIndex((part) => /[*?]/.test(part))
  return parts.slice(0, end).join(sep) || sep
}

function patternOf(path: string): RegExp {
  const text = path.replace(/\*\*\/|\*\*|\*|\?|[\\^$.|+()[\]{}]/g, (sign) => SIGNS.get(sign) ?? `\\${sign}`)
  return new RegExp(`^${text}$`)
}

const SIGNS = new Map([
  ['**/', '(?:.*/)?'],
  ['**', '.*'],
  ['*', '[^/]*'],
  ['?', '[^/]'],
])
