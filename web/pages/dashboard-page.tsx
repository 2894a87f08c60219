import { useEffect } from 'react'
import { Toolbar } from '../components/toolbar.tsx'
import { WidgetView } from '../components/widget.tsx'
import { readState } from '../queries/page-state.ts'
import type { DashboardInfo, Project } from '../queries/project.ts'
import { isTimed } from '../queries/widget-queries.ts'

interface Props {
  readonly project: Project
  readonly dashboard: DashboardInfo
  readonly search: string
}

export function DashboardPage({ project, dashboard, search }: Props) {
  const state = readState(search, dashboard, project)
  const widgets = dashboard.rows.flatMap((row) => row.widgets).filter(({ query }) => query !== null)
  useEffect(() => {
    document.title = `${dashboard.title} · ${project.name}`
  }, [dashboard, project])
  return (
    <main className="page">
      <header className="page-header">
        <div>
          <h1>{dashboard.title}</h1>
          {dashboard.description !== '' && <p className="page-description">{dashboard.description}</p>}
        </div>
        {widgets.some(({ query }) => isTimed(query, project.metrics)) && (
          <Toolbar dashboard={dashboard} state={state} project={project} />
        )}
      </header>
      {dashboard.rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row of a dashboard is its place.
        <section key={index} className="row">
          {row.title !== null && <h2 className="row-title">{row.title}</h2>}
          <div className="grid">
            {row.widgets.map((widget) => (
              <WidgetView key={`${dashboard.name} ${widget.id}`} widget={widget} state={state} project={project} />
            ))}
          </div>
        </section>
      ))}
      <footer className="page-footer">
        Times in {project.timezone}. Today is {project.today}.
      </footer>
    </main>
  )
}
