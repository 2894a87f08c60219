import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { WidgetView } from '../components/widget.tsx'
import { FilterBar } from '../filters/filter-bar.tsx'
import { Customise } from '../frame/customise.tsx'
import { PageActions } from '../frame/page-actions.tsx'
import { navigate, readState } from '../queries/page-state.ts'
import type { DashboardInfo, Project, WidgetInfo } from '../queries/project.ts'
import { isTimed } from '../queries/widget-queries.ts'
import { type DrillItem, drillItems, zoomHref } from '../trace/drill.ts'
import { DrillMenu } from '../trace/drill-menu.tsx'
import { WidgetMenu } from '../widget-menu/widget-menu.tsx'
import type { Selection } from '../widgets/widget-props.ts'
import { useHighlighted } from './use-highlighted.ts'

interface Props {
  readonly project: Project
  readonly dashboard: DashboardInfo
  readonly search: string
  /** What can be done with this page besides. */
  readonly actions?: ReactNode
  /** What is to be known about this page. */
  readonly notes?: ReactNode
}

export function DashboardPage({ project, dashboard, search, actions, notes }: Props) {
  const state = readState(search, dashboard, project)
  const widgets = dashboard.rows.flatMap((row) => row.widgets).filter(({ query }) => query !== null)
  const metrics = [...new Set(widgets.flatMap(({ query }) => query?.metrics ?? []))]
  const { menu, onSelect, onPointer, close } = useDrill({ project, dashboard, state })
  useEffect(() => {
    document.title = `${dashboard.title} · ${project.name}`
  }, [dashboard, project])
  useHighlighted()
  return (
    <main className="page" id="content" onPointerUpCapture={onPointer} onPointerDownCapture={onPointer}>
      <header className="page-header">
        <div>
          <h1>{dashboard.title}</h1>
          {dashboard.description !== '' && <p className="page-description">{dashboard.description}</p>}
        </div>
        <PageActions dashboard={dashboard} more={actions ?? <Customise name={dashboard.name} />} />
      </header>
      {notes}
      {widgets.length > 0 && (
        <FilterBar
          page={dashboard}
          state={state}
          project={project}
          metrics={metrics}
          timed={widgets.some(({ query }) => isTimed(query, project.metrics))}
        />
      )}
      {dashboard.rows.length === 0 && <p className="state-text">Nothing on this page is shown to your role.</p>}
      {dashboard.rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row of a dashboard is its place.
        <section key={index} className="row">
          {row.title !== null && <h2 className="row-title">{row.title}</h2>}
          <div className="grid">
            {row.widgets.map((widget) => (
              <WidgetView
                key={`${dashboard.name} ${widget.id}`}
                widget={widget}
                state={state}
                project={project}
                onSelect={(selection) => onSelect(selection, widget)}
                menu={<WidgetMenu widget={widget} dashboard={dashboard} state={state} project={project} />}
              />
            ))}
          </div>
        </section>
      ))}
      <footer className="page-footer">
        Times in {project.timezone}. Today is {project.today}.
      </footer>
      {menu !== null && <DrillMenu items={menu.items} title={menu.title} at={menu.at} onClose={close} />}
    </main>
  )
}

interface Menu {
  readonly items: readonly DrillItem[]
  readonly title: string
  readonly at: { readonly x: number; readonly y: number }
}

/** A brushed span zooms the page; a mark offers where it leads. */
function useDrill({
  project,
  dashboard,
  state,
}: {
  project: Project
  dashboard: DashboardInfo
  state: ReturnType<typeof readState>
}) {
  const [menu, setMenu] = useState<Menu | null>(null)
  const pointer = useRef({ x: 0, y: 0, time: 0 })
  const close = useCallback(() => setMenu(null), [])
  const context = { path: location.pathname, page: dashboard, state, project }
  const onSelect = (selection: Selection, widget: WidgetInfo) => {
    if (selection.kind === 'span') return navigate(zoomHref(selection, context))
    const items = drillItems(selection, widget, context)
    if (items.length === 0) return
    const { x, y, time } = pointer.current
    const at = performance.now() - time < 1000 ? { x, y } : besideFocus()
    setMenu({ items, title: titleOf(selection, widget), at })
  }
  const onPointer = (event: React.PointerEvent) => {
    pointer.current = { x: event.clientX, y: event.clientY, time: performance.now() }
  }
  return { menu, onSelect, onPointer, close }
}

function titleOf({ values, from, to }: Selection, { title }: WidgetInfo): string {
  const names = values.map(({ value }) => (value === null || value === '' ? '(none)' : String(value)))
  const time = from === undefined ? [] : [from === to ? from : `${from} – ${to}`]
  return [...names, ...time].join(' · ') || title
}

/** For marks that were chosen by key. */
function besideFocus() {
  const box = document.activeElement?.getBoundingClientRect()
  return box === undefined
    ? { x: innerWidth / 2, y: innerHeight / 3 }
    : { x: box.left + 16, y: box.top + box.height / 2 }
}
