import { scanValue, skipSpace } from './scan.ts'

const COLON = 0x3a
const COMMA = 0x2c

/** Texts of parsed values with integers that JavaScript rounds. */
const texts = new WeakMap<object, string>()

/** The text of a value as it was sent, where parsing has changed a number. */
export const exactText = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null ? texts.get(value) : undefined

/** Remembers the text of a parsed value, and that of its member `data`, if they have integers beyond 2^53. */
export function keepExactText(value: unknown, text: string): void {
  if (typeof value !== 'object' || value === null || !hasRounded(text)) return
  texts.set(value, text)
  const data = 'data' in value ? value.data : undefined
  if (typeof data !== 'object' || data === null) return
  const part = memberText(text, 'data')
  if (part !== undefined && hasRounded(part)) texts.set(data, part)
}

function hasRounded(text: string): boolean {
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g)) {
    if (/^\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token))) return true
  }
  return false
}

/** The text of a member of the object that `text` is. */
function memberText(text: string, name: string): string | undefined {
  const bytes = Buffer.from(text)
  let at = skipSpace(bytes, bytes.indexOf('{') + 1, bytes.length)
  while (at < bytes.length) {
    const key = scanValue(bytes, at, bytes.length, COLON)
    const value = scanValue(bytes, skipSpace(bytes, key.end + 1, bytes.length), bytes.length)
    if (JSON.parse(bytes.toString('utf8', key.start, key.end)) === name) {
      return bytes.toString('utf8', value.start, value.end).trim()
    }
    at = skipSpace(bytes, value.end, bytes.length)
    if (bytes[at] !== COMMA) return undefined
    at = skipSpace(bytes, at + 1, bytes.length)
  }
  return undefined
}
