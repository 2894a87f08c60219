import { isMap, isScalar, isSeq, type Document as YamlAst } from 'yaml'
import { diagnostic } from '../../diagnostics/index.ts'
import type { Path, Problem } from '../document.ts'
import type { PositionOf } from '../text-position.ts'
import { rangeOf } from './locate-in-yaml.ts'

/** Keys that stand twice in one mapping, with the path of the mapping. */
export function duplicateKeys(ast: YamlAst, positionOf: PositionOf): readonly Problem[] {
  const problems: Problem[] = []
  visit(ast.contents, [], (name, path, first, second) => {
    problems.push({ path: [...path, name], diagnostic: duplicate(name, positionOf, first, second) })
  })
  return problems
}

const NOWHERE = [0, 0] as const

type Report = (name: string, path: Path, first: unknown, second: unknown) => void

function visit(node: unknown, path: Path, report: Report): void {
  if (isSeq(node)) for (const [index, item] of node.items.entries()) visit(item, [...path, index], report)
  if (!isMap(node)) return
  const seen = new Map<string, unknown>()
  for (const { key, value } of node.items) {
    if (!isScalar(key) || typeof key.value !== 'string') continue
    if (seen.has(key.value)) report(key.value, path, seen.get(key.value), key)
    else seen.set(key.value, key)
    visit(value, [...path, key.value], report)
  }
}

function duplicate(name: string, positionOf: PositionOf, first: unknown, second: unknown) {
  const at = positionOf(...(rangeOf(second) ?? NOWHERE))
  const before = positionOf(...(rangeOf(first) ?? NOWHERE))
  return diagnostic('AM1003', `\`${name}\` stands twice in this mapping; it was first given on line ${before.line}.`, {
    at,
    hint: 'Keep one of them, or, if it belongs to the next item of a list, start that item with `- `.',
    related: [{ message: 'First given here', at: before }],
  })
}
