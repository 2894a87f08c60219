import { type Diagnostic, diagnostic } from '../../diagnostics/index.ts'
import type { PositionOf } from '../text-position.ts'
import type { ModuleSyntax } from './syntax-node.ts'

/** What a module threw while it was loaded, with the place in the module. */
export function explainThrown(thrown: unknown, path: string, syntax: ModuleSyntax, positionOf: PositionOf): Diagnostic {
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  const missing = /Cannot find (?:module|package) '([^']+)'/.exec(message)?.[1]
  if (missing !== undefined) return missingImport(missing, syntax, positionOf)
  const kind = thrown instanceof Error && thrown.name !== 'Error' ? `${thrown.name}: ` : ''
  return diagnostic('AM1012', `The module threw while it was loaded: ${kind}${message.split('\n')[0]}`, {
    at: placeInStack(thrown, path, positionOf),
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

function placeInStack(thrown: unknown, path: string, positionOf: PositionOf) {
  const start = positionOf(0)
  const stack = thrown instanceof Error ? (thrown.stack ?? '') : ''
  const frame = stack.split('\n').find((line) => line.includes(`${path}:`))
  const [, line, column] = /:(\d+):(\d+)\)?$/.exec(frame ?? '') ?? []
  return line === undefined ? start : { ...start, line: Number(line), column: Number(column) }
}
