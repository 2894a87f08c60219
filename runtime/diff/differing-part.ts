const SHOWN_WHOLE = 160
const CONTEXT = 40

/** The two texts where they differ, with some of what stands around it; short ones stay whole. */
export function differingPart(was: string, is: string): readonly [string, string] {
  if (was.length <= SHOWN_WHOLE && is.length <= SHOWN_WHOLE) return [was, is]
  const start = wordStart(
    was,
    commonLength(was, is, (index) => index),
  )
  const shortest = Math.min(was.length, is.length) - start
  const end = Math.min(
    shortest,
    commonLength(was, is, (index, text) => text.length - 1 - index),
  )
  return [cut(was, start, end), cut(is, start, end)]
}

function commonLength(a: string, b: string, place: (index: number, text: string) => number): number {
  const length = Math.min(a.length, b.length)
  let index = 0
  while (index < length && a[place(index, a)] === b[place(index, b)]) index += 1
  return index
}

const wordStart = (text: string, index: number) => text.lastIndexOf(' ', index) + 1

function cut(text: string, start: number, end: number): string {
  const from = Math.max(0, start - CONTEXT)
  const to = Math.min(text.length, text.length - end + CONTEXT)
  const part = text.slice(from, Math.min(to, from + 4 * CONTEXT + SHOWN_WHOLE))
  return `${from > 0 ? '… ' : ''}${part}${from + part.length < text.length ? ' …' : ''}`
}
