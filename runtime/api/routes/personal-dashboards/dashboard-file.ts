import { Document, isCollection, isMap, isSeq, type Node, parse } from 'yaml'

const WIDTH = 116
const OPTIONS = { lineWidth: 0, flowCollectionPadding: true, minContentWidth: 0 } as const
const KEYS = [
  'name',
  'title',
  'path',
  'description',
  'icon',
  'order',
  'roles',
  'range',
  'compare',
  'filters',
  'annotations',
  'rows',
]

/** A dashboard as a file of its own. */
export const dashboardFile = (definition: object): string => {
  const document = new Document({ version: 1, dashboards: [ordered(definition)] })
  layOut(document.contents as Node | null, 0)
  const text = document.toString(OPTIONS)
  const tidy = text.split('\n').map(tidyFlow).join('\n')
  return JSON.stringify(parse(tidy)) === JSON.stringify(document.toJSON()) ? tidy : text
}

/** Lists as people write them: `[a, b]`. */
export const tidyFlow = (line: string) => line.replace(/\[ (?=[^\]])/g, '[').replace(/(?<=[^[]) \]/g, ']')

/** As files are written: what is short stands on one line. */
export function layOut(node: Node | null, indent: number) {
  if (!isCollection(node)) return
  for (const item of node.items) layOut((isMap(node) ? (item as { value: Node }).value : item) as Node, indent + 2)
  const text = JSON.stringify(node.toJSON())
  const isWidget = isMap(node) && node.has('type')
  const isList = isSeq(node) && node.items.every((item) => !isCollection(item))
  node.flow = (isWidget || isList) && indent + text.length < WIDTH
}

/** The keys in the order of people: what it is before what it shows. */
function ordered(definition: object): object {
  const entries = Object.entries(definition).filter(([, value]) => value !== undefined)
  const place = (key: string) => (KEYS.includes(key) ? KEYS.indexOf(key) : KEYS.length)
  return Object.fromEntries(entries.sort(([a], [b]) => place(a) - place(b)))
}
