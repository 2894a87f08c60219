import { isMap, isSeq, type Node, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml'
import { layOut, tidyFlow } from './dashboard-file.ts'

const OPTIONS = { lineWidth: 0, flowCollectionPadding: true } as const

export interface Edit {
  /** The dashboard as the person saw it before: what is not in there is left as it is. */
  readonly seen: object
  readonly wanted: { readonly name: string }
}

/** A file with the edits of one of its dashboards; comments, layout and what the person did not see are kept. */
export function mergeIntoFile(text: string, { seen, wanted }: Edit): string | null {
  const document = parseDocument(text)
  if (document.errors.length > 0) return null
  const list = document.get('dashboards')
  const dashboard = isSeq(list) ? list.items.find((item) => isMap(item) && item.get('name') === wanted.name) : undefined
  if (!isMap(dashboard)) return null
  const before = document.toString(OPTIONS)
  mergeMap(dashboard, { seen: record(seen), wanted: record(wanted), document })
  const after = document.toString(OPTIONS)
  const carried = carryLayout(text, before, after)
  return same(parseDocument(carried).toJSON(), document.toJSON()) ? carried : after
}

/** Only what changed is carried over: how the rest of the file is laid out is nobody's business here. */
function carryLayout(text: string, before: string, after: string): string {
  const [written, printed] = [logicalLines(text), logicalLines(before)]
  const lines = new Map<string, string[]>()
  if (written.length === printed.length) {
    for (const [index, line] of printed.entries()) lines.set(line, [...(lines.get(line) ?? []), written[index] ?? line])
  }
  return logicalLines(after)
    .map((line) => lines.get(line)?.shift() ?? tidyFlow(line))
    .join('\n')
}

/** Lines of a file, those of one `{ … }` or `[ … ]` together. */
function logicalLines(text: string): readonly string[] {
  const lines: string[] = []
  let open = 0
  for (const line of text.split('\n')) {
    const bare = line.replace(/"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'/g, '').replace(/(^|\s)#.*$/, '')
    const isValue = /^\s*[[{]/.test(bare) && lines.at(-1)?.trimEnd().endsWith(':') === true
    if (open > 0 || isValue) lines[lines.length - 1] += `\n${line}`
    else lines.push(line)
    open = Math.max(0, open + (bare.match(/[{[]/g)?.length ?? 0) - (bare.match(/[}\]]/g)?.length ?? 0))
  }
  return lines
}

type Values = Readonly<Record<string, unknown>>
type Maker = ReturnType<typeof parseDocument>

interface Merge<T> {
  readonly seen: T
  readonly wanted: T
  readonly document: Maker
}

function mergeMap(node: YAMLMap, { seen, wanted, document }: Merge<Values>) {
  for (const key of Object.keys(seen)) if (wanted[key] === undefined) node.delete(key)
  for (const [key, value] of Object.entries(wanted)) {
    if (value === undefined || same(seen[key], value)) continue
    node.set(key, mergeNode(node.get(key, true) as Node | undefined, { seen: seen[key], wanted: value, document }))
  }
}

function mergeNode(old: Node | undefined, { seen, wanted, document }: Merge<unknown>): Node {
  if (isMap(old) && isRecord(wanted)) {
    mergeMap(old, { seen: record(seen), wanted, document })
    return old
  }
  if (isSeq(old) && Array.isArray(wanted)) {
    return mergeList(old, { seen: Array.isArray(seen) ? seen : [], wanted, document })
  }
  const made = document.createNode(wanted) as Node
  layOut(made, 8)
  return made
}

/** What stood at each place before is found by what it was; what the person did not see stays behind what it followed. */
function mergeList(list: YAMLSeq, { seen, wanted, document }: Merge<readonly unknown[]>): YAMLSeq {
  const nodes = list.items as Node[]
  const places = placesIn(seen, nodes, document)
  const left = new Set(seen.keys())
  const origins = matchOrigins(wanted, seen, left)
  const made = wanted.map((value, index) => {
    const origin = origins[index]
    const node = origin === undefined ? undefined : nodes[places[origin] ?? -1]
    if (node === undefined || origin === undefined)
      return mergeNode(undefined, { seen: undefined, wanted: value, document })
    return same(seen[origin], value) ? node : mergeNode(node, { seen: seen[origin], wanted: value, document })
  })
  const known = new Set(places.filter((place) => place >= 0))
  const unseen = nodes.flatMap((node, place) => (known.has(place) ? [] : [{ node, after: nodes[place - 1] }]))
  const kept = [...left].flatMap((index) => unseenOf(nodes[places[index] ?? -1], seen[index], document))
  made.push(...kept)
  for (const { node, after } of unseen)
    made.splice(after === undefined ? 0 : made.indexOf(after) + 1 || made.length, 0, node)
  list.items = made
  return list
}

/** What stays of a row that was taken out: widgets that the person did not see. */
function unseenOf(node: Node | undefined, seen: unknown, document: Maker): readonly Node[] {
  if (!isMap(node) || !isRecord(seen) || !Array.isArray(seen.widgets)) return []
  mergeMap(node, { seen, wanted: { ...seen, widgets: [] }, document })
  const widgets = node.get('widgets')
  return isSeq(widgets) && widgets.items.length > 0 ? [node] : []
}

/** Where each value that was seen stands in the file; -1 where it does not. */
function placesIn(seen: readonly unknown[], nodes: readonly Node[], document: Maker): readonly number[] {
  const values = nodes.map((node) => node.toJS(document) as unknown)
  const left = new Set(values.keys())
  const take = (fits: (value: unknown) => boolean) => {
    const place = [...left].find((index) => fits(values[index]))
    if (place !== undefined) left.delete(place)
    return place
  }
  const exact = seen.map((value) => take((other) => same(value, other)))
  return seen.map((value, index) => exact[index] ?? take((other) => holds(other, value)) ?? -1)
}

/** Which of the values seen each wanted one was: the same, else one of its kind, else what stood at its place. */
function matchOrigins(wanted: readonly unknown[], seen: readonly unknown[], left: Set<number>) {
  const take = (fits: (value: unknown, index: number) => boolean) => {
    const found = [...left].find((index) => fits(seen[index], index))
    if (found !== undefined) left.delete(found)
    return found
  }
  const exact = wanted.map((value) => take((other) => same(value, other)))
  return wanted.map((value, index) => exact[index] ?? take((other) => isLike(other, value)))
}

/** Whether a value of the file is the one that was seen, of which rows and widgets may be kept from the person. */
function holds(whole: unknown, part: unknown): boolean {
  if (!isRecord(whole) || !isRecord(part)) return false
  if (!Array.isArray(whole.widgets) || !Array.isArray(part.widgets) || !same(whole.title, part.title)) return false
  const widgets: readonly unknown[] = whole.widgets
  return part.widgets.every((widget) => widgets.some((other) => same(widget, other)))
}

function isLike(before: unknown, after: unknown): boolean {
  if (!isRecord(before) || !isRecord(after)) return false
  if ('widgets' in before || 'widgets' in after) return isLikeRow(before, after)
  const keys = ['metric', 'metrics', 'title', 'text'] as const
  return before.type === after.type && keys.filter((key) => same(before[key], after[key])).length >= 3
}

function isLikeRow(before: Values, after: Values): boolean {
  if (before.title !== undefined && same(before.title, after.title)) return true
  const [old, now] = [before.widgets, after.widgets]
  if (!Array.isArray(old) || !Array.isArray(now)) return false
  return now.some((widget) => old.some((other) => same(widget, other)))
}

const isRecord = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const record = (value: unknown): Values => (isRecord(value) ? value : {})

const same = (a: unknown, b: unknown) => canonical(a) === canonical(b)

function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, item: unknown) =>
      isRecord(item) ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1))) : item,
    ) ?? ''
  )
}
