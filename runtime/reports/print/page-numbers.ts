/** The pages of a PDF on which its named destinations stand, from 1. Reads PDF as Chromium writes it. */
export function pagesOfDestinations(pdf: Uint8Array): ReadonlyMap<string, number> {
  const text = Buffer.from(pdf).toString('latin1')
  const objects = new Map<string, string>()
  for (const match of text.matchAll(/(?:^|\n)(\d+) 0 obj\s([\s\S]*?)\nendobj/g)) {
    objects.set(match[1] ?? '', (match[2] ?? '').split('\nstream')[0] ?? '')
  }
  const catalog = [...objects.values()].find((body) => /\/Type\s*\/Catalog/.test(body)) ?? ''
  const order = new Map(pagesFrom(objects, reference(catalog, 'Pages')).map((page, index) => [page, index + 1]))
  const destinations = objects.get(reference(catalog, 'Dests')) ?? ''
  const found = new Map<string, number>()
  for (const [, name = '', page = ''] of destinations.matchAll(/\/([^\s/[\]<>()]+)\s*\[\s*(\d+) 0 R/g)) {
    const number = order.get(page)
    if (number !== undefined) found.set(decodeName(name), number)
  }
  return found
}

function pagesFrom(objects: ReadonlyMap<string, string>, id: string): readonly string[] {
  const body = objects.get(id) ?? ''
  const kids = /\/Kids\s*\[([^\]]*)\]/.exec(body)?.[1]
  if (kids === undefined) return /\/Type\s*\/Page\b/.test(body) ? [id] : []
  return [...kids.matchAll(/(\d+) 0 R/g)].flatMap(([, kid = '']) => pagesFrom(objects, kid))
}

const reference = (body: string, key: string) => new RegExp(`/${key}\\s+(\\d+) 0 R`).exec(body)?.[1] ?? ''

/** `#2D` in a name is the character with that code. */
const decodeName = (name: string) =>
  name.replace(/#([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
