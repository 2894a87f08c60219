import type { Scalar } from 'yaml'

/** Offset in the file of a character of a scalar's value; undefined where the two cannot be matched. */
export function offsetInScalar(text: string, node: Scalar, offset: number): number | undefined {
  const [start, end] = node.range ?? [0, 0]
  const value = String(node.value)
  if (node.type === 'BLOCK_LITERAL') return inLiteral(text, start, end, value, offset)
  if (node.type === 'BLOCK_FOLDED') return align(text, bodyOf(text, start, end), end, value, offset)
  const quoted = node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE'
  return quoted ? align(text, start + 1, end - 1, value, offset) : align(text, start, end, value, offset)
}

/** In a literal block every line is the line of the value, indented. */
function inLiteral(text: string, start: number, end: number, value: string, offset: number): number | undefined {
  const before = value.slice(0, offset).split('\n')
  const lines = text.slice(start, end).split('\n').slice(1)
  const first = value.split('\n').findIndex((line) => line.trim() !== '')
  const indent = (lines[first] ?? '').replace(/\r$/, '').length - (value.split('\n')[first] ?? '').length
  let position = text.indexOf('\n', start) + 1
  for (const line of lines.slice(0, before.length - 1)) position += line.length + 1
  const column = before.at(-1)?.length ?? 0
  return position > start && position + indent + column <= end ? position + indent + column : undefined
}

const bodyOf = (text: string, start: number, end: number) => {
  const newline = text.indexOf('\n', start)
  return newline === -1 ? end : newline + 1 + (/^\s*/.exec(text.slice(newline + 1, end))?.[0].length ?? 0)
}

/** Walks value and source side by side: line breaks are folded into spaces, escapes stand for one character. */
function align(text: string, start: number, end: number, value: string, offset: number): number | undefined {
  let at = start
  for (let index = 0; index < offset; index++) {
    const step = stepOver(text, at, value.charAt(index))
    if (step === undefined || at + step > end) return undefined
    at += step
  }
  return at
}

function stepOver(text: string, at: number, char: string): number | undefined {
  if (/\s/.test(char)) {
    const run = /^\s+/.exec(text.slice(at, at + 400))?.[0]
    if (run !== undefined) return run.includes('\n') ? run.length : 1
  }
  if (text[at] === "'" && text[at + 1] === "'" && char === "'") return 2
  if (text[at] === '\\') return { x: 4, u: 6, U: 10 }[text[at + 1] ?? ''] ?? 2
  return text[at] === char ? 1 : undefined
}
