import type { Path } from '../document.ts'
import { typeOf } from './json-schema.ts'

/** What the language calls things: singular nouns by the key of the list they stand in. */
export interface Vocabulary {
  /** The whole file: "metrics file". */
  readonly file: string
  readonly nouns: Readonly<Record<string, string>>
  /** Keys and values that people write by habit, and what they are called here. */
  readonly keys: Readonly<Record<string, readonly string[]>>
  readonly values: Readonly<Record<string, readonly string[]>>
}

interface Item {
  readonly depth: number
  readonly words: string
  readonly named: boolean
}

/** "`format` of metric `total_spend` of semantic model `costs`": the thing at a path, in words. */
export function subject(path: Path, content: unknown, vocabulary: Vocabulary): string {
  const items = itemsAbove(path, content, vocabulary)
  const innermost = items.at(-1)
  const owner = items.slice(0, -1).findLast(({ named }) => named)
  const thing = innermost ? `${innermost.words}${owner ? ` of ${owner.words}` : ''}` : `the ${vocabulary.file}`
  const rest = path.slice(innermost?.depth ?? 0)
  if (rest.length === 0) return thing
  const part = partOf(rest)
  return innermost ? `${part} of ${thing}` : part
}

/** The value at a path. */
export const valueAt = (content: unknown, path: Path): unknown =>
  path.reduce<unknown>((value, step) => (value as Record<string | number, unknown> | null | undefined)?.[step], content)

function itemsAbove(path: Path, content: unknown, { nouns }: Vocabulary): readonly Item[] {
  return path.flatMap((step, index): Item[] => {
    const noun = nouns[`${String(path[index - 3])}.${String(path[index - 1])}`] ?? nouns[String(path[index - 1])]
    if (typeof step !== 'number' || noun === undefined) return []
    const depth = index + 1
    const name = nameOf(valueAt(content, path.slice(0, depth)))
    return [
      { depth, named: name !== undefined, words: name === undefined ? `${noun} ${step + 1}` : `${noun} \`${name}\`` },
    ]
  })
}

export function nameOf(value: unknown): string | undefined {
  if (typeOf(value) !== 'object') return undefined
  const { name, to, role, title } = value as Record<string, unknown>
  return [name, to, role, title].find((candidate) => typeof candidate === 'string' && candidate !== '') as
    | string
    | undefined
}

function partOf(path: Path): string {
  const keys = path.filter((step) => typeof step === 'string').join('.')
  const last = path.at(-1)
  const place = keys === '' ? '' : `\`${keys}\``
  if (typeof last !== 'number') return place
  return place === '' ? `item ${last + 1}` : `item ${last + 1} of ${place}`
}

export const capitalize = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
