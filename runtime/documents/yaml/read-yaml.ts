import { parseDocument } from 'yaml'
import { diagnostic } from '../../diagnostics/index.ts'
import { type Document, type Locate, type Problem, unreadable } from '../document.ts'
import { type PositionOf, positionsIn } from '../text-position.ts'
import { duplicateKeys } from './duplicate-keys.ts'
import { conflictMarkers, explainSyntax } from './explain-syntax.ts'
import { locateInYaml } from './locate-in-yaml.ts'

/** Reads YAML, and with it JSON. */
export function readYaml(file: string, text: string): Document {
  const conflicts = conflictMarkers(file, text)
  if (conflicts.length > 0) return unreadable(file, conflicts)
  const ast = parseDocument(text, { prettyErrors: false, stringKeys: true, merge: true, logLevel: 'error' })
  const positionOf = positionsIn(file, text)
  const locate = locateInYaml(text, ast, positionOf)
  const syntax = explainSyntax({ text, ast, positionOf })
  if (syntax.length > 0) return { ...unreadable(file, syntax), locate }
  const duplicates = ast.errors.length > 0 ? duplicateKeys(ast, positionOf) : []
  try {
    const content: unknown = ast.toJS({ maxAliasCount: 1000 })
    // Only an alias can make a value contain itself.
    const cycle = text.includes('*') ? cyclic(content, []) : undefined
    if (cycle) return { file, content: undefined, locate, problems: [...duplicates, cycleProblem(locate, cycle)] }
    return { file, content, locate, problems: duplicates }
  } catch (error) {
    return { file, content: undefined, locate, problems: [...duplicates, aliasProblem(text, positionOf, error)] }
  }
}

function aliasProblem(text: string, positionOf: PositionOf, error: unknown): Problem {
  if (!(error instanceof ReferenceError)) throw error
  const name = /: (\S+)$/.exec(error.message)?.[1]
  if (name === undefined) return tooManyAliases(positionOf)
  const start = Math.max(0, text.indexOf(`*${name}`))
  return {
    path: [],
    diagnostic: diagnostic('AM1008', `There is no anchor \`&${name}\` above this alias.`, {
      at: positionOf(start, start + name.length + 1),
      hint: `Text that starts with \`*\` needs quotes; an alias needs an anchor \`&${name}\` earlier in the same file.`,
    }),
  }
}

const tooManyAliases = (positionOf: PositionOf): Problem => ({
  path: [],
  diagnostic: diagnostic('AM1008', 'Aliases of aliases make this file too large to be read.', {
    at: positionOf(0),
    hint: 'Write values out instead of using aliases of aliases.',
  }),
})

function cycleProblem(locate: Locate, path: readonly (string | number)[]): Problem {
  return {
    path: [],
    diagnostic: diagnostic('AM1008', 'This alias refers to a value that contains it.', {
      at: locate(path, 'value'),
      hint: 'Write the value out instead of using an alias.',
    }),
  }
}

/** Path of a value that contains itself, if there is one; only aliases can do that. */
function cyclic(
  value: unknown,
  path: readonly (string | number)[],
  above: ReadonlySet<unknown> = new Set(),
): readonly (string | number)[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (above.has(value)) return path
  const inside = new Set(above).add(value)
  const entries: Iterable<[string | number, unknown]> = Array.isArray(value) ? value.entries() : Object.entries(value)
  for (const [key, child] of entries) {
    const found = cyclic(child, [...path, key], inside)
    if (found) return found
  }
  return undefined
}
