import type { Position, Range } from 'vscode-languageserver/node'
import type { Position as Place } from '../diagnostics/index.ts'

export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset)
  return { line: before.split('\n').length - 1, character: offset - (before.lastIndexOf('\n') + 1) }
}

export function offsetAt(text: string, { line, character }: Position): number {
  let start = 0
  for (let skipped = 0; skipped < line; skipped += 1) {
    const end = text.indexOf('\n', start)
    if (end < 0) return text.length
    start = end + 1
  }
  return Math.min(start + character, text.length)
}

export const rangeOf = (text: string, start: number, end: number): Range => ({
  start: positionAt(text, start),
  end: positionAt(text, end),
})

/** Lines and columns of diagnostics start at 1; a place without an end is one character long. */
export function rangeOfPlace({ line, column, endLine, endColumn }: Place): Range {
  const start = { line: line - 1, character: column - 1 }
  return {
    start,
    end:
      endLine === undefined || endColumn === undefined
        ? { ...start, character: column }
        : { line: endLine - 1, character: endColumn - 1 },
  }
}
