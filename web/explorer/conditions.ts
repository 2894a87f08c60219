import { allOf } from '../queries/filters.ts'

/** A dimension with the values it may have. */
export interface Condition {
  readonly dimension: string
  /** The empty text stands for rows without a value. */
  readonly values: readonly string[]
}

/** What a filter says, where it says no more than which values dimensions have; null where it says anything else. */
export function readConditions(where: string): readonly Condition[] | null {
  if (where.trim() === '') return []
  const conditions = partsOf(where.trim()).map(readOne)
  return conditions.every((one) => one !== null) ? conditions : null
}

export const writeConditions = (conditions: readonly string[]): string =>
  conditions.length === 0 ? '' : allOf(conditions)

const LITERAL = String.raw`(?:'(?:[^']|'')*'|-?\d+(?:\.\d+)?|true|false)`
const EQUAL = new RegExp(`^\\{([\\w.]+)\\} = (${LITERAL})$`)
const IN = new RegExp(`^\\{([\\w.]+)\\} in \\((${LITERAL}(?:, ?${LITERAL})*)\\)$`)
const NULL = /^\{([\w.]+)\} is null$/
const OR_NULL = /^(.+) or \{([\w.]+)\} is null$/

function readOne(text: string): Condition | null {
  const plain = unwrapped(text)
  const orNull = OR_NULL.exec(plain)
  if (orNull !== null) {
    const rest = readOne(orNull[1] ?? '')
    return rest !== null && rest.dimension === orNull[2] ? { ...rest, values: [...rest.values, ''] } : null
  }
  const found = EQUAL.exec(plain) ?? IN.exec(plain)
  if (found !== null) return { dimension: found[1] ?? '', values: valuesOf(found[2] ?? '') }
  const none = NULL.exec(plain)
  return none === null ? null : { dimension: none[1] ?? '', values: [''] }
}

const valuesOf = (list: string): readonly string[] =>
  (list.match(new RegExp(LITERAL, 'g')) ?? []).map((one) =>
    one.startsWith("'") ? one.slice(1, -1).replaceAll("''", "'") : one,
  )

/** What stands between the `and`s that no bracket and no text contains. */
function partsOf(text: string): readonly string[] {
  const plain = unwrapped(text)
  const parts: string[] = []
  let [depth, from, quoted] = [0, 0, false]
  for (let at = 0; at < plain.length; at += 1) {
    const char = plain[at]
    if (char === "'") quoted = !quoted
    if (quoted) continue
    if (char === '(') depth += 1
    if (char === ')') depth -= 1
    if (depth === 0 && plain.slice(at, at + 5).toLowerCase() === ' and ') {
      parts.push(plain.slice(from, at).trim())
      from = at + 5
    }
  }
  return [...parts, plain.slice(from).trim()]
}

/** Without brackets round the whole. */
function unwrapped(text: string): string {
  const plain = text.trim()
  if (!plain.startsWith('(') || !plain.endsWith(')')) return plain
  let [depth, quoted] = [0, false]
  for (let at = 0; at < plain.length - 1; at += 1) {
    if (plain[at] === "'") quoted = !quoted
    if (quoted) continue
    if (plain[at] === '(') depth += 1
    if (plain[at] === ')') depth -= 1
    if (depth === 0) return plain
  }
  return unwrapped(plain.slice(1, -1))
}
