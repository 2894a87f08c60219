import type { Dashboard, Widget } from '../../../definitions/index.ts'
import type { CompiledDashboard, CompiledWidget } from '../../manifest.ts'
import { byName, type Declared, inside, items, labelOf, located, uniqueByName } from '../../project/index.ts'
import type { Catalogue } from '../catalogue.ts'
import { checkQuestion, qualified, queryOf } from '../question.ts'
import { checkAnnotations } from './annotations.ts'
import { checkAlerts } from './check-alerts.ts'
import { checkDrillBy } from './check-drills.ts'
import { checkAnswer, checkShape } from './check-widget.ts'
import { checkFilters } from './filters.ts'
import { checkDrill, checkPaths, pathOf } from './paths.ts'
import { questionOf } from './widget-question.ts'
import { widthsOf } from './widths.ts'

/** The dashboards with the widgets that can be answered. */
export function compileDashboards(catalogue: Catalogue): readonly CompiledDashboard[] {
  const { declarations, report } = catalogue.project
  const unique = [...uniqueByName(report, 'AM1701', 'Dashboard', declarations.dashboards).values()]
  checkPaths(catalogue.project, unique)
  const paths = new Set(unique.map(({ value }) => pathOf(value)))
  return unique.map((dashboard, index) => compileDashboard(catalogue, dashboard, index, paths)).sort(byName)
}

interface Placed {
  readonly widget: CompiledWidget
  /** Models it asks; none for text. */
  readonly homes: readonly string[]
}

function compileDashboard(
  catalogue: Catalogue,
  dashboard: Declared<Dashboard>,
  index: number,
  paths: ReadonlySet<string>,
): CompiledDashboard {
  const { value } = dashboard
  const rows = items(dashboard, 'rows', value.rows).map((row, rowIndex) => ({
    title: row.value.title ?? null,
    placed: compileRow(catalogue, { name: value.name, node: `dashboard:${value.name}` }, row, rowIndex, paths),
  }))
  const homes = rows.flatMap(({ placed }) => placed.map((widget) => widget.homes)).filter((list) => list.length > 0)
  return {
    name: value.name,
    title: value.title,
    path: pathOf(value),
    description: value.description ?? '',
    icon: value.icon ?? null,
    order: value.order ?? 1000 + index,
    roles: value.roles ?? null,
    filters: checkFilters(catalogue, dashboard, homes),
    range: value.range ?? '30d',
    compare: value.compare ?? 'previous_period',
    annotations: checkAnnotations(catalogue, dashboard, homes),
    rows: rows
      .filter(({ placed }) => placed.length > 0)
      .map(({ placed, title }) => ({ title, widgets: placed.map(({ widget }) => widget) })),
    ...located(dashboard),
  }
}

/** Rows of widgets that stand in a report. */
export function compileRows(
  catalogue: Catalogue,
  report: Declared<{ readonly name: string; readonly rows?: Dashboard['rows'] }>,
): CompiledDashboard['rows'] {
  const { name, rows = [] } = report.value
  const paths = new Set(catalogue.project.declarations.dashboards.map(({ value }) => pathOf(value)))
  return items(report, 'rows', rows).map((row, index) => {
    const placed = compileRow(catalogue, { name, node: `report:${name}` }, row, index, paths)
    return { title: row.value.title ?? null, widgets: placed.map(({ widget }) => widget) }
  })
}

function compileRow(
  catalogue: Catalogue,
  { name, node }: { readonly name: string; readonly node: string },
  row: Declared<Dashboard['rows'][number]>,
  rowIndex: number,
  paths: ReadonlySet<string>,
): readonly Placed[] {
  const widths = widthsOf(row.value.widgets)
  return row.value.widgets.flatMap((widget, index) => {
    const declared = inside(row, ['widgets', index], widget)
    const place = { id: `${name}_${rowIndex + 1}_${index + 1}`, width: widths[index] ?? 12 }
    return compileWidget(catalogue, declared, node, place, paths)
  })
}

function compileWidget(
  catalogue: Catalogue,
  declared: Declared<Widget>,
  node: string,
  place: Pick<CompiledWidget, 'id' | 'width'>,
  paths: ReadonlySet<string>,
): readonly Placed[] {
  const question = questionOf(declared, node, catalogue.semanticModels)
  const leads = checkDrill(catalogue.project, declared, paths)
  const base = { ...place, definition: declared.value }
  if (question === null) {
    return leads && checkAlerts(catalogue.project, declared)
      ? [{ widget: { ...base, title: declared.value.title ?? '', query: null }, homes: [] }]
      : []
  }
  if (!checkShape(catalogue, declared, question)) return []
  const checked = checkQuestion(catalogue, question)
  if (checked === undefined || !checkAnswer(catalogue, declared, checked)) return []
  if (!checkDrillBy(catalogue, declared, question, checked) || !leads) return []
  const title = declared.value.title ?? titleOf(catalogue, question)
  return [
    {
      widget: { ...base, title, query: queryOf(qualified(question, checked), declared.value.limit) },
      homes: checked.homes,
    },
  ]
}

/** "Total sessions by team": the labels of what is asked. */
function titleOf(
  { metrics, models }: Catalogue,
  { by, metrics: names, models: homes = [] }: NonNullable<ReturnType<typeof questionOf>>,
): string {
  const labels = names.map(({ name }) => metrics.get(name)?.label ?? labelOf(name))
  const nodes = homes.map((home) => models.space.nodes.get(home)?.declared.value.label ?? labelOf(home))
  const what = labels.length > 0 ? labels.join(', ') : nodes.join(', ')
  const groups = by.map(({ name }) => labelOf(name.split('.').at(-1) ?? name).toLowerCase())
  return groups.length === 0 || labels.length === 0 ? what : `${what} by ${groups.join(', ')}`
}
