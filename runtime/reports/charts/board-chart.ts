import type { BoardChart, Size } from './chart.ts'
import { BAD, GOOD, GRID, INK, MUTED, WARN } from './palette.ts'
import { drawing, label, shorten, tag, widthOf } from './svg.ts'

const MOST = 8
const GAP = 12
const CARD = 28
const TOP = 50
const COLORS = { good: GOOD, warn: WARN, bad: BAD } as const

/** Three columns of cards, as high as the longest needs. */
export function drawBoard({ columns, format, title }: BoardChart, { width }: Size): string {
  const room = (width - GAP * (columns.length - 1)) / columns.length
  const longest = Math.max(
    1,
    ...columns.map(({ cards }) => Math.min(cards.length, MOST) + (cards.length > MOST ? 1 : 0)),
  )
  const height = TOP + longest * (CARD + 4) + 8
  const drawn = columns.map(({ cards, limit, state, title: name }, index) => {
    const x = index * (room + GAP)
    const rows = cards.slice(0, MOST).map((card, place) => {
      const [y, value] = [TOP + place * (CARD + 4), format(card.value)]
      return (
        tag('rect', { x: x + 8, y, width: room - 16, height: CARD, rx: 4, fill: '#ffffff', stroke: GRID }) +
        label(x + 16, y + 18, shorten(card.label, room - 40 - widthOf(value)), { fill: INK }) +
        label(x + room - 16, y + 18, value, { fill: INK, 'text-anchor': 'end', 'font-weight': 700 })
      )
    })
    const below = TOP + rows.length * (CARD + 4) + 16
    const rest = cards.length === 0 ? 'None' : cards.length > MOST ? `and ${cards.length - MOST} more` : ''
    return [
      tag('rect', { x, y: 0, width: room, height, rx: 6, fill: '#f3f5f8' }),
      tag('rect', { x, y: 0, width: room, height: 4, rx: 2, fill: COLORS[state] }),
      label(x + 12, 23, name, { fill: COLORS[state], 'font-weight': 700, 'font-size': 12 }),
      label(x + room - 12, 23, String(cards.length), { fill: MUTED, 'text-anchor': 'end' }),
      label(x + 12, 39, limit, { fill: MUTED, 'font-size': 10 }),
      ...rows,
      ...(rest === '' ? [] : [label(x + 16, below, rest, { fill: MUTED })]),
    ].join('')
  })
  return drawing(width, height, title, ...drawn)
}
