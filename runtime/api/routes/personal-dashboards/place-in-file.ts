import { isMap, isSeq, LineCounter, type Node, parseDocument } from 'yaml'

/** Which widget of the only dashboard of a file stands on a line: `<row>_<widget>`, both from 1. */
export function widgetsByLine(content: string): (line: number) => string | null {
  const lines = new LineCounter()
  const rows = parseDocument(content, { lineCounter: lines }).getIn(['dashboards', 0, 'rows'])
  const places = itemsOf(rows).flatMap((row, rowIndex) =>
    itemsOf(isMap(row) ? row.get('widgets') : null).map((widget, index) => ({
      name: `${rowIndex + 1}_${index + 1}`,
      from: lines.linePos(widget.range?.[0] ?? 0).line,
      to: lines.linePos(Math.max(0, (widget.range?.[1] ?? 1) - 1)).line,
    })),
  )
  return (line) => places.find(({ from, to }) => line >= from && line <= to)?.name ?? null
}

const itemsOf = (node: unknown): readonly Node[] => (isSeq(node) ? (node.items as Node[]) : [])
