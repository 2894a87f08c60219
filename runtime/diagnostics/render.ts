import pc from 'picocolors'
import { codeFrame } from './code-frame.ts'
import type { Diagnostic, Position } from './diagnostic.ts'
import { inOrder, isError } from './order.ts'

export interface RenderOptions {
  /** Text of a file as the positions name it; without it there are no code frames. */
  readonly readSource?: (file: string) => string | undefined
  readonly color?: boolean
}

/** Diagnostics for people: each with its place, code frame and hint, in order of files, and a summary. */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], options: RenderOptions = {}): string {
  const colors = pc.createColors(options.color ?? false)
  const sources = new Map<string, string | undefined>()
  const sourceOf = (file: string) => {
    if (!sources.has(file)) sources.set(file, options.readSource?.(file))
    return sources.get(file)
  }
  const ordered = inOrder(diagnostics)
  const blocks = ordered.map((item) => renderOne(item, sourceOf, colors))
  return [...blocks, summary(ordered, colors)].filter((block) => block !== '').join('\n\n')
}

type Colors = ReturnType<typeof pc.createColors>

function renderOne(item: Diagnostic, sourceOf: (file: string) => string | undefined, colors: Colors): string {
  const word = isError(item) ? colors.red(colors.bold('error')) : colors.yellow(colors.bold('warning'))
  const place = item.at ? `${colors.cyan(placeOf(item.at))} ` : ''
  const lines = [`${place}${word} ${colors.dim(item.code)} ${colors.bold(item.message)}`]
  const source = item.at && sourceOf(item.at.file)
  if (item.at && source !== undefined) lines.push(...codeFrame(source, item.at, colors))
  if (item.hint !== undefined) lines.push(...indent(item.hint, colors.green('→ ')))
  for (const other of item.related ?? []) {
    lines.push(`  ${colors.dim(`${other.message}:`)} ${colors.cyan(placeOf(other.at))}`)
  }
  return lines.join('\n')
}

const placeOf = (at: Position) => `${at.file}:${at.line}:${at.column}`

const indent = (text: string, mark: string) =>
  text.split('\n').map((line, index) => (index === 0 ? `  ${mark}${line}` : `    ${line}`))

function summary(diagnostics: readonly Diagnostic[], colors: Colors): string {
  if (diagnostics.length === 0) return ''
  const errors = diagnostics.filter(isError).length
  const files = new Set(diagnostics.flatMap(({ at }) => (at ? [at.file] : []))).size
  const parts = [count(errors, 'error', colors.red), count(diagnostics.length - errors, 'warning', colors.yellow)]
  const where = files > 0 ? ` in ${count(files, 'file', (text) => text)}` : ''
  return `${parts.filter((part) => part !== '').join(', ')}${where}`
}

const count = (n: number, noun: string, paint: (text: string) => string) =>
  n === 0 ? '' : paint(`${n} ${noun}${n === 1 ? '' : 's'}`)
