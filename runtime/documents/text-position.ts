import type { Position } from '../diagnostics/index.ts'

export type PositionOf = (start: number, end?: number) => Position

/** Turns offsets into lines and columns. */
export function positionsIn(file: string, text: string): PositionOf {
  let lineStarts: number[] | undefined
  return (start, end) => {
    lineStarts ??= startsOfLines(text)
    const from = place(lineStarts, Math.min(start, text.length))
    if (end === undefined || end <= start) return { file, ...from }
    const to = place(lineStarts, Math.min(end, text.length))
    return { file, ...from, endLine: to.line, endColumn: to.column }
  }
}

function startsOfLines(text: string): number[] {
  const starts = [0]
  for (let index = text.indexOf('\n'); index !== -1; index = text.indexOf('\n', index + 1)) starts.push(index + 1)
  return starts
}

function place(lineStarts: readonly number[], offset: number): { line: number; column: number } {
  let low = 0
  let high = lineStarts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((lineStarts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return { line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1 }
}
