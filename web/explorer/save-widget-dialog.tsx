import { useState } from 'react'
import type { Widget } from '../../runtime/definitions/index.ts'
import { Dialog } from '../components/dialog.tsx'
import { Link } from '../components/link.tsx'
import { useStore } from '../queries/external-store.ts'
import { addWidget, createDashboard, nameFor, personalDashboards } from '../queries/personal-dashboards.ts'
import type { Project } from '../queries/project.ts'
import './save-widget-dialog.css'

interface Props {
  readonly definition: Widget
  readonly title: string
  readonly project: Project
  readonly onClose: () => void
}

type State = 'idle' | 'busy' | Error | { readonly id: string; readonly title: string }

/** Puts a widget on a dashboard of one's own, or on a new one. */
export function SaveWidgetDialog({ definition, title, project, onClose }: Props) {
  const { dashboards } = useStore(personalDashboards)
  const own = dashboards.filter(({ mine }) => mine)
  const [chosen, setChosen] = useState<string | null>(null)
  // The dashboards may still be on their way when this opens.
  const target = chosen ?? own[0]?.id ?? ''
  const [name, setName] = useState(title)
  const [pageTitle, setPageTitle] = useState('My dashboard')
  const [state, setState] = useState<State>('idle')
  const save = () => {
    setState('busy')
    const words = name.trim() || title
    const widget = { ...definition, ...(words !== '' && { title: words }) } as Widget
    const taken = [...project.dashboards, ...dashboards].map((page) => page.name)
    const page = pageTitle.trim()
    const made = { name: nameFor(page, taken), title: page, rows: [{ widgets: [widget] }] }
    const sent = target === '' ? createDashboard({ definition: made }) : addWidget(target, widget)
    sent.then(setState, setState)
  }
  if (typeof state === 'object' && !(state instanceof Error)) {
    return (
      <Dialog title="Saved" onClose={onClose}>
        <p>
          It is on <strong>{state.title}</strong> now.
        </p>
        <p className="save-ways">
          <Link className="button button-primary" href={`/my/${state.id}`}>
            Open the dashboard
          </Link>
          <button type="button" className="button" onClick={onClose}>
            Go on exploring
          </button>
        </p>
      </Dialog>
    )
  }
  const isNew = target === ''
  return (
    <Dialog title="Save as widget" onClose={onClose}>
      <form
        className="save-form"
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <label className="field">
          Title
          <input value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
        </label>
        <label className="field">
          Dashboard
          <select value={target} onChange={(event) => setChosen(event.target.value)}>
            {own.map((page) => (
              <option key={page.id} value={page.id}>
                {page.title}
              </option>
            ))}
            <option value="">A new dashboard</option>
          </select>
        </label>
        {isNew && (
          <label className="field">
            Title of the new dashboard
            <input value={pageTitle} maxLength={200} onChange={(event) => setPageTitle(event.target.value)} />
          </label>
        )}
        {state instanceof Error && <p role="alert">{state.message}</p>}
        <button
          type="submit"
          className="button button-primary"
          disabled={state === 'busy' || (isNew && pageTitle.trim() === '')}
        >
          Save
        </button>
      </form>
    </Dialog>
  )
}
