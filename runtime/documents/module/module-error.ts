import { type Diagnostic, diagnostic, type Position } from '../../diagnostics/index.ts'
import type { PositionOf } from '../text-position.ts'
import type { ModuleSyntax } from './syntax-node.ts'

export interface LoadedModule {
  readonly path: string
  readonly text: string
  readonly syntax: ModuleSyntax
  readonly positionOf: PositionOf
}

/** What a module threw while it was loaded, with the place in the module. */
export function explainThrown(thrown: unknown, { path, text, syntax, positionOf }: LoadedModule): Diagnostic {
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  const missing = /Cannot find (?:module|package) '([^']+)'/.exec(message)?.[1]
  if (missing !== undefined) return missingImport(missing, syntax, positionOf)
  const kind = thrown instanceof Error && thrown.name !== 'Error' ? `${thrown.name}: ` : ''
  return diagnostic('AM1012', `The module threw while it was loaded: ${kind}${message.split('\n')[0]}`, {
    at: placeInStack(thrown, path, text.split('\n'), positionOf),
    hint: 'The module runs when definitions are loaded; it must not need anything that is not there then.',
  })
}

function missingImport(missing: string, syntax: ModuleSyntax, positionOf: PositionOf): Diagnostic {
  const used = syntax.imports.find(({ from }) => from === missing || missing.endsWith(from.replace(/^(\.\.?\/)+/, '/')))
  return diagnostic('AM1012', `The module imports \`${missing}\`, which cannot be found.`, {
    at: positionOf(used?.start ?? 0, used?.end),
    hint: missing.startsWith('.')
      ? 'Check the path; it starts at this file.'
      : `Install it: \`npm install ${missing}\`.`,
  })
}

function placeInStack(thrown: unknown, path: string, lines: readonly string[], positionOf: PositionOf): Position {
  const start = positionOf(0)
  const stack = thrown instanceof Error ? (thrown.stack ?? '') : ''
  const frame = stack.split('\n').find((line) => line.includes(`${path}:`))
  const line = Number(/:(\d+):\d+\)?$/.exec(frame ?? '')?.[1] ?? 0)
  const source = lines[line - 1]
  // The module was translated before it ran: lines are kept, columns are not.
  return source === undefined
    ? start
    : { ...start, line, column: source.search(/\S/) + 1, endLine: line, endColumn: source.length + 1 }
}
