/** Keys of all objects within a value. A text with more of them than the value it stands for has one twice. */
export function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  let keys = 0
  if (Array.isArray(value)) {
    for (const item of value) keys += countKeys(item)
    return keys
  }
  const object = value as Readonly<Record<string, unknown>>
  for (const key in object) {
    const inner = object[key]
    keys += typeof inner === 'object' ? 1 + countKeys(inner) : 1
  }
  return keys
}

/** The first key of a valid JSON text that its object has already. */
export function duplicateKey(text: string): string | undefined {
  const open: (Set<string> | null)[] = []
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"\s*:?|[{}[\]]/g)) {
    if (token === '{') open.push(new Set())
    else if (token === '[') open.push(null)
    else if (token === '}' || token === ']') open.pop()
    else if (token.endsWith(':')) {
      const key: string = JSON.parse(token.slice(0, -1))
      const keys = open.at(-1)
      if (keys?.has(key)) return key
      keys?.add(key)
    }
  }
  return undefined
}
