const LIMIT = 20_000

/** The same function, which works out each text once: a project is compiled again after every edit. */
export function remember<T>(work: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const result = work(text)
    if (known.size >= LIMIT) known.clear()
    known.set(text, result)
    return result
  }
}
