import { DIMENSION_KEYS, METRIC_KEYS, TEXT_KEYS } from '../../rename/index.ts'

/** What may be written at a place of a YAML file. */
export type CompletionContext =
  | { readonly wants: 'metric' }
  | {
      readonly wants: 'dimension' | 'metric or dimension'
      readonly metrics: readonly string[]
      readonly model: string | null
    }
  | { readonly wants: 'model' | 'relation' | 'channel' | 'dashboard' | 'alert' }
  | { readonly wants: 'nothing' }

const OTHERS: Readonly<Record<string, 'model' | 'relation' | 'channel' | 'dashboard' | 'alert'>> = {
  to: 'model',
  model: 'model',
  relation: 'relation',
  notify: 'channel',
  dashboard: 'dashboard',
  inhibited_by: 'alert',
  alert: 'alert',
}

/** Found from the text alone: while somebody types, the file is no valid YAML. `modelAbove` is the semantic model it is in. */
export function completionContext(text: string, offset: number, modelAbove: string | null): CompletionContext {
  const before = text.slice(0, offset)
  const line = before.slice(before.lastIndexOf('\n') + 1)
  const key = keyBefore(before, line)
  const metrics = metricsAround(text, offset)
  const owner = { metrics, model: modelAround(text, offset) ?? (metrics.length === 0 ? modelAbove : null) }
  if (/\{[a-z0-9_.]*$/.test(line) && TEXT_KEYS.has(key)) {
    return key === 'expr' ? { wants: 'metric' } : { wants: 'dimension', ...owner }
  }
  if (METRIC_KEYS.has(key)) return { wants: 'metric' }
  if (key === 'order') return { wants: 'metric or dimension', ...owner }
  if (DIMENSION_KEYS.has(key)) return { wants: 'dimension', ...owner }
  const other = OTHERS[key]
  return other === undefined ? { wants: 'nothing' } : { wants: other }
}

/** The key whose value is being written: on this line, or above a list. */
function keyBefore(before: string, line: string): string {
  const onLine = [...line.matchAll(/(?:^|[\s{,-])([a-z_]+):(?=\s|$)/g)].at(-1)
  const rest = onLine === undefined ? '' : line.slice(onLine.index + onLine[0].length)
  if (onLine !== undefined && (isOpenValue(rest) || /["'].*\{[a-z0-9_.]*$/.test(rest))) return onLine[1] ?? ''
  const indent = line.search(/\S|$/)
  if (!/^\s*-\s*[a-z0-9_.-]*$/.test(line)) return ''
  for (const above of before.split('\n').slice(0, -1).reverse()) {
    if (above.trim() === '' || above.trim().startsWith('#')) continue
    const key = /^(\s*)(?:- )?([a-z_]+):\s*$/.exec(above)
    if (key !== null && (key[1]?.length ?? 0) <= indent) return key[2] ?? ''
    if (above.search(/\S/) < indent) return ''
  }
  return ''
}

/** Nothing but one value, or a list that is not closed yet. */
const isOpenValue = (rest: string) => /^\s*["']?[a-z0-9_.-]*$/.test(rest) || /^\s*\[[^\]]*$/.test(rest)

/** Metrics named in the same widget, alert or query. */
function metricsAround(text: string, offset: number): readonly string[] {
  return [...itemAround(text, offset).matchAll(/\bmetrics?:\s*(?:\[([^\]]*)\]|["']?([a-z][a-z0-9_]*))/g)]
    .flatMap(([, list, one]) =>
      one === undefined ? (list ?? '').split(',').map((name) => name.trim().replace(/^["']|["']$/g, '')) : [one],
    )
    .filter((name) => name !== '')
}

const modelAround = (text: string, offset: number): string | null =>
  /(?:^|[\s{,])model:\s*["']?([a-z][a-z0-9_]*)/.exec(itemAround(text, offset))?.[1] ?? null

/** The item of a list that a place is in: one line in braces, or lines from its dash to the next. */
function itemAround(text: string, offset: number): string {
  const lines = text.split('\n')
  let row = text.slice(0, offset).split('\n').length - 1
  const line = lines[row] ?? ''
  if (/^\s*-\s*\{/.test(line)) return line
  while (row > 0 && !/^\s*- /.test(lines[row] ?? '')) row -= 1
  const indent = (lines[row] ?? '').search(/\S|$/)
  let end = row + 1
  while (end < lines.length && ((lines[end] ?? '').trim() === '' || (lines[end] ?? '').search(/\S|$/) > indent))
    end += 1
  return lines.slice(row, end).join('\n')
}
