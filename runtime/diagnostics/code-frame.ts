import type { Position } from './diagnostic.ts'

interface Paint {
  readonly dim: (text: string) => string
  readonly red: (text: string) => string
}

const WIDTH = 110

/** The line at a position with its neighbour above, and a mark under what is meant. */
export function codeFrame(source: string, at: Position, paint: Paint): readonly string[] {
  const lines = source.split(/\r\n|\r|\n/)
  const line = lines[at.line - 1]
  if (line === undefined) return []
  const gutter = String(at.line).length
  const frame: string[] = []
  const above = lines[at.line - 2]
  const start = scrollTo(at.column)
  if (above !== undefined && above.slice(start).trim() !== '')
    frame.push(row(gutter, at.line - 1, cut(above, start), paint))
  frame.push(row(gutter, at.line, cut(line, start), paint))
  const before = line
    .slice(start, at.column - 1)
    .replace(/[^\t]/g, ' ')
    .replaceAll('\t', '  ')
  const mark = '^'.repeat(markWidth(line, at, start))
  frame.push(`  ${' '.repeat(gutter)} ${paint.dim('│')} ${start > 0 ? '  ' : ''}${before}${paint.red(mark)}`)
  return frame
}

/** Column (from 0) at which long lines are cut so that the place can be seen. */
const scrollTo = (column: number) => (column > WIDTH - 20 ? column - 40 : 0)

const row = (gutter: number, number: number, text: string, paint: Paint) =>
  `  ${paint.dim(`${String(number).padStart(gutter)} │`)} ${text}`

function cut(line: string, start: number): string {
  const visible = line.slice(start, start + WIDTH).replaceAll('\t', '  ')
  return `${start > 0 ? '… ' : ''}${visible}${line.length > start + WIDTH ? ' …' : ''}`
}

function markWidth(line: string, at: Position, start: number): number {
  const rest = Math.max(1, line.trimEnd().length - at.column + 1)
  const wanted = at.endLine === undefined || at.endLine === at.line ? (at.endColumn ?? at.column + 1) - at.column : rest
  return Math.max(1, Math.min(wanted, rest, start + WIDTH - at.column + 1))
}
