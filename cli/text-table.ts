export interface TableColumn {
  readonly title: string
  readonly right?: boolean
}

/** Columns aligned with two spaces between them, under their titles. */
export function textTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  paintTitle: (text: string) => string = (text) => text,
): string {
  const widths = columns.map(({ title }, index) =>
    Math.max(widthOf(title), ...rows.map((row) => widthOf(row[index] ?? ''))),
  )
  const line = (cells: readonly string[], paint: (text: string) => string) =>
    cells
      .map((cell, index) => paint(pad(cell, widths[index] ?? 0, columns[index]?.right === true)))
      .join('  ')
      .trimEnd()
  const titles = columns.map(({ title }) => title)
  return [line(titles, paintTitle), ...rows.map((row) => line(row, (text) => text))].join('\n')
}

function pad(text: string, width: number, right: boolean): string {
  const room = ' '.repeat(Math.max(0, width - widthOf(text)))
  return right ? room + text : text + room
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours of the terminal have no width.
const ANSI = /\u001b\[[0-9;]*m/g

function widthOf(text: string): number {
  return [...text.replace(ANSI, '')].length
}
