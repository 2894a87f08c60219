import type { Position } from '../diagnostics/index.ts'

/** A replacement of `text.slice(start, end)`. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** What an alias repeats is edited once. */
export const uniqueEdits = (edits: readonly Edit[]): readonly Edit[] => [
  ...new Map(edits.map((edit) => [`${edit.start} ${edit.end} ${edit.text}`, edit])).values(),
]

export function applyEdits(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((result, { start, end, text: by }) => result.slice(0, start) + by + result.slice(end), text)
}

/** Offset of a line and column, both from 1. */
export function offsetOf(text: string, { line, column }: Pick<Position, 'line' | 'column'>): number {
  let start = 0
  for (let skipped = 1; skipped < line; skipped += 1) start = text.indexOf('\n', start) + 1
  return start + column - 1
}
