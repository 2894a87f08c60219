import { useCallback, useEffect, useState } from 'react'
import { say } from '../frame/toasts.tsx'
import { DashboardPage } from '../pages/dashboard-page.tsx'
import { MessagePage } from '../pages/message-page.tsx'
import type { PageProps } from '../pages/page-table.ts'
import { useStore } from '../queries/external-store.ts'
import { freshness } from '../queries/freshness.ts'
import { navigate, withKey } from '../queries/page-state.ts'
import { loadPersonalDashboards, readDashboard } from '../queries/personal-dashboards.ts'
import type { DashboardInfo } from '../queries/project.ts'
import { BuilderActions } from './builder-actions.tsx'
import { Editor } from './editor/editor.tsx'
import { Problems } from './editor/notes.tsx'
import { isReadable, NEW_DASHBOARD, type SavedDashboard } from './saved-dashboard.ts'
import '../explorer/chart-choice.css'
import '../explorer/explorer.css'
import './builder.css'

/** A dashboard that somebody made: shown like those of the project, and changed by its maker. */
export function BuilderPage({ project, path, search }: PageProps) {
  const id = path.split('/')[2] ?? 'new'
  const { saved, error, setSaved } = useSaved(id)
  const isEdited = id === 'new' || new URLSearchParams(search).has('edit')
  if (error !== null) return <MessagePage title="This dashboard cannot be shown" text={error.message} retry />
  if (saved === null) return <main className="page" aria-busy="true" />
  const page = saved.dashboard ?? emptyPage(saved)
  if (isEdited && saved.mine) {
    const keep = [project.caller.org, project.caller.user, id].join(' ')
    return (
      <Editor
        key={`${id} ${saved.changed_at}`}
        {...{ project, saved, page, search, keep }}
        onSaved={(next) => {
          setSaved(next)
          say('Saved')
        }}
      />
    )
  }
  return (
    <DashboardPage
      key={saved.changed_at}
      project={project}
      dashboard={page}
      search={search}
      actions={<BuilderActions dashboard={saved} project={project} onChanged={setSaved} />}
      notes={<Problems problems={saved.diagnostics.map((one) => ({ ...one, key: null }))} />}
    />
  )
}

interface State {
  readonly id: string
  readonly saved: SavedDashboard | null
  readonly error: Error | null
}

/** The dashboard as the server has it; read again when the definitions of the project change. */
function useSaved(id: string) {
  const { definitions } = useStore(freshness)
  const [state, setState] = useState<State>({ id: '', saved: null, error: null })
  // biome-ignore lint/correctness/useExhaustiveDependencies: new definitions are why it is read again.
  useEffect(() => {
    if (id === 'new') return setState({ id, saved: NEW_DASHBOARD, error: null })
    const controller = new AbortController()
    readDashboard(id, controller.signal).then(
      (read) => {
        const saved = isReadable(read) ? read : null
        setState({ id, saved, error: saved === null ? new Error('Nothing in it is shown to your role.') : null })
      },
      (error: Error) => {
        if (controller.signal.aborted) return
        // What is shown, and what is being edited, stays in sight.
        setState((before) => (before.id === id && before.saved !== null ? before : { id, saved: null, error }))
      },
    )
    return () => controller.abort()
  }, [id, definitions])
  const setSaved = useCallback((saved: SavedDashboard) => {
    void loadPersonalDashboards()
    setState({ id: saved.id, saved, error: null })
    navigate(withKey(`/my/${saved.id}`, location.search, 'edit', null))
    scrollTo(0, 0)
  }, [])
  const isOther = state.id !== id
  return { saved: isOther ? null : state.saved, error: isOther ? null : state.error, setSaved }
}

/** Where nothing of it can be drawn. */
const emptyPage = ({ id, name, title }: SavedDashboard): DashboardInfo => ({
  name,
  title,
  path: `/my/${id}`,
  description: '',
  icon: null,
  range: '30d',
  compare: 'previous_period',
  filters: [],
  annotations: [],
  rows: [],
})
