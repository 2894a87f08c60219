import { applyPatch, createPatch } from 'diff'
import { isMap, isSeq, type Node, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml'
import { layOut } from './dashboard-file.ts'

const OPTIONS = { lineWidth: 0, flowCollectionPadding: true } as const

/** A file with another definition of one of its dashboards; comments and layout of what stays are kept. */
export function mergeIntoFile(text: string, name: string, definition: object): string | null {
  const document = parseDocument(text)
  if (document.errors.length > 0) return null
  const list = document.get('dashboards')
  const dashboard = isSeq(list) ? list.items.find((item) => isMap(item) && item.get('name') === name) : undefined
  if (!isMap(dashboard)) return null
  const before = document.toString(OPTIONS)
  mergeMap(dashboard, definition, document)
  const after = document.toString(OPTIONS)
  // Only what changed is carried over: how the rest of the file is laid out is nobody's business here.
  const merged = applyPatch(text, createPatch('file', before, after, undefined, undefined, { context: 1 }), {
    fuzzFactor: 1,
  })
  const isWhole = merged !== false && same(parseDocument(merged).toJSON(), document.toJSON())
  return isWhole ? merged : after
}

type Maker = ReturnType<typeof parseDocument>

function mergeMap(node: YAMLMap, value: object, document: Maker) {
  for (const key of node.items.map((item) => String(item.key))) if (!(key in value)) node.delete(key)
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue
    const old = node.get(key, true) as Node | undefined
    node.set(key, merged(old, item, document))
  }
}

function merged(old: Node | undefined, value: unknown, document: Maker): Node {
  if (old !== undefined && same(old.toJS(document), value)) return old
  if (isMap(old) && typeof value === 'object' && value !== null && !Array.isArray(value)) {
    mergeMap(old, value, document)
    return old
  }
  if (isSeq(old) && Array.isArray(value)) return mergeList(old, value, document)
  const made = document.createNode(value) as Node
  layOut(made, 8)
  return made
}

/** Items that are the same keep their text wherever they go; those that changed are matched by what they are. */
function mergeList(list: YAMLSeq, values: readonly unknown[], document: Maker): YAMLSeq {
  const left = [...list.items] as Node[]
  const take = (fits: (node: Node) => boolean): Node | undefined => {
    const index = left.findIndex(fits)
    return index < 0 ? undefined : left.splice(index, 1)[0]
  }
  const kept = values.map((value) => take((node) => same(node.toJS(document), value)))
  list.items = values.map(
    (value, index) =>
      kept[index] ??
      merged(
        take((node) => isLike(node.toJS(document), value)),
        value,
        document,
      ),
  )
  return list
}

function isLike(before: unknown, after: unknown): boolean {
  const keys = ['type', 'metric', 'metrics', 'title'] as const
  const [a, b] = [before, after] as Record<string, unknown>[]
  if (typeof a !== 'object' || typeof b !== 'object') return false
  if ('widgets' in a || 'widgets' in b) return same(a.title, b.title)
  return keys.filter((key) => same(a[key], b[key])).length >= 3 && a.type === b.type
}

const same = (a: unknown, b: unknown) => canonical(a) === canonical(b)

function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, item: unknown) =>
      typeof item === 'object' && item !== null && !Array.isArray(item)
        ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
        : item,
    ) ?? ''
  )
}
