/** Pixels of the file for each of the screen. */
const SCALE = 2
const STYLES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'font-size',
  'font-weight',
  'font-family',
  'text-anchor',
  'dominant-baseline',
  'paint-order',
] as const

/** The chart of a card as a PNG with its title on the colour of the card; null where a card has no picture. */
export async function chartToPng(card: HTMLElement, title: string): Promise<Blob | null> {
  const svg = card.querySelector<SVGSVGElement>('[role="img"] svg:not(.icon), svg[role="img"]:not(.sparkline)')
  if (svg === null) return null
  const { width, height } = svg.getBoundingClientRect()
  const head = 40
  const canvas = Object.assign(document.createElement('canvas'), {
    width: Math.ceil((width + 32) * SCALE),
    height: Math.ceil((height + head + 16) * SCALE),
  })
  const context = canvas.getContext('2d')
  if (context === null) return null
  const style = getComputedStyle(card)
  context.scale(SCALE, SCALE)
  context.fillStyle = style.backgroundColor
  context.fillRect(0, 0, width + 32, height + head + 16)
  context.fillStyle = style.color
  context.font = `600 14px ${style.fontFamily}`
  context.fillText(title, 16, 26)
  context.drawImage(await pictureOf(svg, width, height), 16, head, width, height)
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'))
}

/** Saves the chart of a card; false where it has no picture. */
export async function exportChart(card: HTMLElement, title: string): Promise<boolean> {
  const blob = await chartToPng(card, title)
  if (blob === null) return false
  const url = URL.createObjectURL(blob)
  const name = title.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  Object.assign(document.createElement('a'), { href: url, download: `${name || 'chart'}.png` }).click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
  return true
}

async function pictureOf(svg: SVGSVGElement, width: number, height: number): Promise<HTMLImageElement> {
  const copy = svg.cloneNode(true) as SVGSVGElement
  inlineStyles(svg, copy)
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  copy.setAttribute('width', String(width))
  copy.setAttribute('height', String(height))
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`
  await image.decode()
  return image
}

/** A picture on its own has no style sheets. */
function inlineStyles(from: SVGElement, to: SVGElement) {
  const [originals, copies] = [from.querySelectorAll<SVGElement>('*'), to.querySelectorAll<SVGElement>('*')]
  originals.forEach((original, index) => {
    const computed = getComputedStyle(original)
    const copy = copies[index]
    for (const name of STYLES) copy?.style.setProperty(name, computed.getPropertyValue(name))
  })
}
