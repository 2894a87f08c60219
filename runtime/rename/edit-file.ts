import type { DefinitionFile } from '../definitions/index.ts'
import { type Diagnostic, diagnostic } from '../diagnostics/index.ts'
import { type Edit, offsetOf } from './edit.ts'
import type { Reference, Target } from './target.ts'

export interface EditedFile {
  readonly edits: readonly Edit[]
  /** Places that name it but cannot be edited, such as text that code puts together. */
  readonly problems: readonly Diagnostic[]
}

/** The edits that put a new name in the place of references; nothing but the names is touched. */
export function editFile(
  file: DefinitionFile,
  text: string,
  references: readonly Reference[],
  target: Target,
  to: string,
): EditedFile {
  const edits: Edit[] = []
  const problems: Diagnostic[] = []
  for (const reference of references) {
    const start = placeOf(file, text, reference)
    if (start === undefined) problems.push(notEditable(file, reference))
    else edits.push({ start, end: start + reference.from.length, text: newName(reference.from, target, to) })
  }
  return { edits: [...edits, ...keepColumns(file, text, references, target)], problems }
}

function newName(from: string, target: Target, to: string): string {
  const [first, second] = from.split('.')
  if (second === undefined) return to
  return target.kind === 'model' ? `${to}.${second}` : `${first}.${to}`
}

/** The name as it is written there, with or without quotes. */
export function placeOf(
  { locate }: DefinitionFile,
  text: string,
  { path, key, offset, from }: Reference,
): number | undefined {
  const at = locate(path, key === true ? 'key' : 'value', offset, from.length)
  const start = offsetOf(text, at)
  const inside = /['"`]/.test(text[start] ?? '') ? start + 1 : start
  return [start, inside].find((place) => text.startsWith(from, place))
}

function notEditable({ file, locate }: DefinitionFile, { path, from }: Reference): Diagnostic {
  return diagnostic('AM6122', `\`${from}\` is named here in a way that cannot be edited.`, {
    at: { ...locate(path), file },
    hint: 'Change it by hand, or write the name out first.',
  })
}

/** Without `sql` the name is that of a column too: it is written down where it stood, so that the meaning stays. */
function keepColumns(
  file: DefinitionFile,
  text: string,
  references: readonly Reference[],
  target: Target,
): readonly Edit[] {
  if (target.kind === 'model') return []
  return references.flatMap(({ path, key, offset }) => {
    if (key === true || offset !== undefined || path.at(-1) !== 'name') return []
    const parent = path.slice(0, -1)
    const item = valueAt(file.content, parent)
    if (!readsColumn(item, target)) return []
    const name = offsetOf(text, file.locate(path))
    const end = endOfValue(text, name, target.name)
    return [{ start: end, end, text: sqlKey(file.file, text, offsetOf(text, file.locate(parent)), name, target.name) }]
  })
}

function readsColumn(item: unknown, target: Target): boolean {
  if (typeof item !== 'object' || item === null || 'sql' in item) return false
  if (target.kind === 'dimension') return true
  return 'agg' in item && item.agg !== 'count'
}

function endOfValue(text: string, start: number, name: string): number {
  const quote = /['"`]/.test(text[start] ?? '') ? 1 : 0
  return start + name.length + 2 * quote
}

function sqlKey(file: string, text: string, parent: number, name: number, column: string): string {
  if (!/\.ya?ml$/.test(file)) return `, sql: '${column}'`
  if (text[parent] === '{') return `, sql: ${column}`
  const line = text.lastIndexOf('\n', name) + 1
  const indent = text
    .slice(line, name)
    .replace(/^(\s*)(- )?.*$/s, (_all, spaces: string, dash = '') => spaces + ' '.repeat(dash.length))
  return `\n${indent}sql: ${column}`
}

function valueAt(content: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, step) => (value as Readonly<Record<string, unknown>> | undefined)?.[step],
    content,
  )
}
