import type { QueryDefinition } from '../../runtime/definitions/index.ts'
import { ask, type Row } from '../queries/answers.ts'
import type { Project, WidgetInfo } from '../queries/project.ts'
import { saveText } from '../trace/export-configuration.ts'

/** Saves what a widget shows as CSV, raw; says how many rows there were. */
export async function exportCsv(widget: WidgetInfo, query: QueryDefinition, project: Project): Promise<string> {
  const { answer } = ask(query)
  const { rows, truncated } = await answer
  if (rows.length === 0) return 'There are no rows to export'
  const range = [query.from, query.to].filter(Boolean).join('_')
  saveText(`${widget.title || widget.id}${range === '' ? '' : `-${range}`}.csv`, csvOf(rows, project), 'text/csv')
  const count = rows.length.toLocaleString('en-US')
  return truncated ? `The first ${count} rows exported: there are more` : `${count} rows exported`
}

export function csvOf(rows: readonly Row[], { metrics, dimensions }: Pick<Project, 'metrics' | 'dimensions'>): string {
  const keys = Object.keys(rows[0] ?? {})
  const labels = keys.map(
    (key) => [...metrics, ...dimensions].find(({ name }) => name === key || name.endsWith(`.${key}`))?.label ?? key,
  )
  return [labels.map(cell), ...rows.map((row) => keys.map((key) => cell(row[key])))]
    .map((line) => `${line.join(',')}\r\n`)
    .join('')
}

/** Spreadsheets run what begins like a formula: such text is marked as text. */
function cell(value: unknown): string {
  if (value === null || value === undefined) return ''
  const text = String(value)
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
