const QUOTE = 0x22
const COMMA = 0x2c
const ZERO = 0x30
const NINE = 0x39
const COLON = 0x3a
const OPEN_LIST = 0x5b
const BACKSLASH = 0x5c
const CLOSE_LIST = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
/** Digits of a number beyond 2^53. */
const LONG = 16

/** Where a JSON value ends and what it looks like, found without building it. */
export interface Scanned {
  readonly start: number
  readonly end: number
  /** Keys of all objects in it, each as often as it occurs. */
  readonly keys: number
  readonly depth: number
  /** True where a number has sixteen digits in a row or more: JavaScript may round it. */
  readonly hasLongNumber: boolean
  /** False where the bytes end before the value does. */
  readonly closed: boolean
}

/** Finds the end of the value that begins at `start`. It may be malformed: that is for the parser to say. */
export function scanValue(bytes: Uint8Array, start: number, limit: number, separator = COMMA): Scanned {
  let depth = 0
  let deepest = 0
  let keys = 0
  let digits = 0
  let longest = 0
  let at = start
  for (; at < limit; at++) {
    const byte = bytes[at] ?? 0
    if (byte >= ZERO && byte <= NINE) {
      if (++digits > longest) longest = digits
      continue
    }
    digits = 0
    if (byte === QUOTE) {
      at = endOfString(bytes, at, limit)
    } else if (byte === separator && depth === 0) {
      break
    } else if (byte === COLON) {
      keys++
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      if (++depth > deepest) deepest = depth
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      if (--depth === 0) {
        return { start, end: at + 1, keys, depth: deepest, hasLongNumber: longest >= LONG, closed: true }
      }
      if (depth < 0) break
    }
  }
  const closed = depth <= 0 && at <= limit
  return { start, end: Math.min(at, limit), keys, depth: deepest, hasLongNumber: longest >= LONG, closed }
}

/** The place of the closing quote, or beyond the limit. */
function endOfString(bytes: Uint8Array, start: number, limit: number): number {
  let at = start + 1
  while (at < limit && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1
  return at < limit ? at : limit + 1
}

export function skipSpace(bytes: Uint8Array, start: number, limit: number): number {
  let at = start
  while (at < limit && isSpace(bytes[at])) at++
  return at
}

const isSpace = (byte: number | undefined) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09

/** The values of the list that fills `bytes`, or the place where it is no list any more. */
export function scanList(bytes: Uint8Array, most: number): readonly Scanned[] | { readonly brokenAt: number } {
  const items: Scanned[] = []
  let at = skipSpace(bytes, 0, bytes.length)
  if (bytes[at] !== OPEN_LIST) return { brokenAt: at }
  at = skipSpace(bytes, at + 1, bytes.length)
  if (bytes[at] === CLOSE_LIST) return onlySpace(bytes, at + 1) ?? items
  while (items.length <= most) {
    const item = scanValue(bytes, at, bytes.length)
    if (!item.closed || item.end === at) return { brokenAt: at }
    items.push(item)
    at = skipSpace(bytes, item.end, bytes.length)
    if (bytes[at] === CLOSE_LIST) return onlySpace(bytes, at + 1) ?? items
    if (bytes[at] !== COMMA) return { brokenAt: at }
    at = skipSpace(bytes, at + 1, bytes.length)
  }
  return items
}

function onlySpace(bytes: Uint8Array, from: number): { readonly brokenAt: number } | undefined {
  const at = skipSpace(bytes, from, bytes.length)
  return at === bytes.length ? undefined : { brokenAt: at }
}
