import { Document, isMap, isSeq, type Node, visit } from 'yaml'

/** Longest mapping that is written on one line. */
const ONE_LINE = 100

/** YAML as people write it: small mappings and lists of words on one line, everything else below one another. */
export function toYaml(value: unknown): string {
  const document = new Document(value, { aliasDuplicateObjects: false })
  visit(document, {
    Collection(_, node) {
      if (isPlain(node) && JSON.stringify(node.toJSON()).length <= ONE_LINE) node.flow = true
      return undefined
    },
  })
  return document.toString({ lineWidth: 0, flowCollectionPadding: true })
}

function isPlain(node: Node): boolean {
  if (isMap(node)) return node.items.every(({ value }) => !isMap(value) && (!isSeq(value) || isPlain(value)))
  return isSeq(node) && node.items.every((item) => !isMap(item) && !isSeq(item))
}
