import type { Rejection } from './item.ts'

/** What must not stand in JSON text made by JSON.stringify: text that warehouses cannot hold, keys that attack readers. */
export function forbiddenInJson(text: string): Rejection | undefined {
  if (text.includes('\\u0000') && /(?<!\\)(?:\\\\)*\\u0000/.test(text)) {
    return { code: 'AM7010', reason: 'A text contains the character NUL.' }
  }
  // JSON.stringify escapes a surrogate only where its other half is missing.
  if (text.includes('\\ud') && /(?<!\\)(?:\\\\)*\\ud[89a-f]/.test(text)) {
    return { code: 'AM7010', reason: 'A text contains half of a surrogate pair.' }
  }
  if (text.includes('"__proto__":')) return { code: 'AM7008', reason: 'The key `__proto__` is not allowed.' }
  if (text.includes('"constructor":') && text.includes('"prototype":')) {
    return { code: 'AM7008', reason: 'The keys `constructor` and `prototype` are not allowed together.' }
  }
  return undefined
}

/** Attributes of CloudEvents hold no control characters. */
export function forbiddenInAttribute(text: string): Rejection | undefined {
  if (!/[\p{Cc}\p{Cs}]/u.test(text)) return undefined
  return { code: 'AM7010', reason: `The attribute ${JSON.stringify(text.slice(0, 100))} contains a control character.` }
}
