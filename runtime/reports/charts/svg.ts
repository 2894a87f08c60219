export type Attributes = Readonly<Record<string, string | number | undefined>>

/** An SVG element; children are SVG already. */
export function tag(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined)
  const text = given.map(
    ([key, value]) => ` ${key}="${typeof value === 'number' ? round(value) : escapeXml(String(value))}"`,
  )
  return children.length === 0
    ? `<${name}${text.join('')}/>`
    : `<${name}${text.join('')}>${children.join('')}</${name}>`
}

export function label(x: number, y: number, words: string, more: Attributes = {}): string {
  return tag('text', { x, y, ...more }, escapeXml(words))
}

export const FONT = "'Liberation Sans', 'DejaVu Sans', Arial, Helvetica, sans-serif"

/** A drawing of a size, with its title for those who do not see it. */
export function drawing(width: number, height: number, title: string, ...children: readonly string[]): string {
  return tag(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'font-family': FONT,
      'font-size': 11,
    },
    `<title>${escapeXml(title)}</title>`,
    ...children,
  )
}

export const escapeXml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML has no place for them.
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '')

export const round = (value: number): number => Math.round(value * 100) / 100

/** What fits into so many pixels, about. */
export function shorten(text: string, pixels: number, size = 11): string {
  const letters = Math.max(3, Math.floor(pixels / (size * 0.55)))
  return text.length <= letters ? text : `${text.slice(0, letters - 1)}…`
}

export const widthOf = (text: string, size = 11): number => text.length * size * 0.56
