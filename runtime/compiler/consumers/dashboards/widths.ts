import type { Widget } from '../../../definitions/index.ts'

const COLUMNS = 12

/** Least width at which each type can be read. */
const LEAST: Readonly<Record<Widget['type'], number>> = {
  kpi: 2,
  gauge: 3,
  donut: 3,
  text: 3,
  line: 4,
  area: 4,
  bar: 4,
  heatmap: 4,
  map: 4,
  funnel: 4,
  alerts: 4,
  table: 6,
  kanban: 6,
}

/** Widths of the widgets of a row: as declared; the others share what is left, or wrap where that is too little. */
export function widthsOf(widgets: readonly Widget[]): readonly number[] {
  const declared = widgets.reduce((sum, { width = 0 }) => sum + width, 0)
  const open = widgets.filter(({ width }) => width === undefined).length
  const left = COLUMNS - (declared % COLUMNS)
  const share = open === 0 ? 0 : Math.floor(left / open)
  return widgets.map(({ type, width }) => width ?? Math.min(COLUMNS, Math.max(share, LEAST[type])))
}
