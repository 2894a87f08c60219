import type { CompiledDashboard, CompiledWidget } from '../../compiler/index.ts'
import type { Names } from '../renames.ts'
import { documentFacts } from './document-facts.ts'
import { type FactEntry, type Facts, factsOf } from './fact.ts'

const WIDGET = { added: 'addition', removed: 'breaking', changed: 'values' } as const

/** A page and its widgets. A widget is known by what it shows, so moving it about is no difference in content. */
export function dashboardFacts(dashboard: CompiledDashboard, names: Names): Facts {
  const { rows, path, annotations, ...head } = dashboard
  const marks = annotations.map(({ query: _query, ...declared }) => declared)
  const widgets = rows.flatMap((row) => row.widgets)
  const keys = uniqueKeys(widgets, names)
  return new Map([
    ...documentFacts({ ...head, annotations: marks, name: undefined }, names),
    ...factsOf([
      ['path', 'path', path, 'breaking'],
      [
        'arrangement',
        'arrangement',
        rows.map((row) => row.widgets.map((widget) => keys.get(widget)).join(' | ')).join(' / '),
        'cosmetic',
      ],
      ['headings', 'headings', rows.map((row) => row.title ?? '—').join(', '), 'cosmetic'],
      ...widgets.map((widget): FactEntry => {
        const key = keys.get(widget) ?? widget.id
        return [`widget ${key}`, `widget ${key}`, settingsText(widget, names), WIDGET]
      }),
    ]),
  ])
}

function uniqueKeys(widgets: readonly CompiledWidget[], names: Names): ReadonlyMap<CompiledWidget, string> {
  const counts = new Map<string, number>()
  return new Map(
    widgets.map((widget) => {
      const key = `${widget.definition.type} “${subjectOf(widget, names)}”`
      const count = (counts.get(key) ?? 0) + 1
      counts.set(key, count)
      return [widget, count === 1 ? key : `${key} (${count})`]
    }),
  )
}

/** Its title, or else what it shows: titles that are made from labels change with them. */
function subjectOf({ definition, title }: CompiledWidget, names: Names): string {
  if (definition.title !== undefined) return definition.title
  const { metric, metrics, by, model } = definition as {
    metric?: string
    metrics?: readonly string[]
    by?: string
    model?: string
  }
  if (model !== undefined) return names.model(model)
  const shown = [metric, ...(metrics ?? []), by].filter((name) => name !== undefined)
  const owner = { metrics: shown.filter((name) => name !== by), models: [] }
  return shown.length === 0 ? title : shown.map((name) => names.text(name, owner)).join(', ')
}

function settingsText({ definition }: CompiledWidget, names: Names): string {
  const { type: _type, title: _title, ...settings } = definition
  return [...documentFacts(settings, names)]
    .map(([key, { value }]) => `${key}: ${value}`)
    .sort()
    .join(', ')
}
