import { useState } from 'react'
import { type ExportedDashboard, openPullRequest, type PersonalOutline } from '../../queries/personal-dashboards.ts'

interface Props {
  readonly dashboard: PersonalOutline
  readonly kind: ExportedDashboard['kind']
}

/** Proposes the change where the repository of the project is known. */
export function ProposeForm({ dashboard, kind }: Props) {
  const [title, setTitle] = useState(`${kind === 'change' ? 'Change' : 'Add'} the dashboard ${dashboard.title}`)
  const [body, setBody] = useState('')
  const [state, setState] = useState<'idle' | 'busy' | Error | { readonly url: string }>('idle')
  const open = () => {
    setState('busy')
    openPullRequest(dashboard.id, { title: title.trim(), body }).then(setState, setState)
  }
  if (typeof state === 'object' && !(state instanceof Error)) {
    return (
      <p className="builder-note" role="status">
        The pull request is open:{' '}
        <a href={state.url} target="_blank" rel="noreferrer">
          {state.url}
        </a>
      </p>
    )
  }
  return (
    <form
      className="export-propose"
      onSubmit={(event) => {
        event.preventDefault()
        open()
      }}
    >
      <h3 className="dialog-part">Or open the pull request from here</h3>
      <label className="field">
        Title
        <input required maxLength={200} value={title} onChange={({ target }) => setTitle(target.value)} />
      </label>
      <label className="field">
        What reviewers should know
        <textarea rows={3} value={body} onChange={({ target }) => setBody(target.value)} />
      </label>
      {state instanceof Error && (
        <p className="builder-note" data-kind="bad" role="alert">
          {state.message}
        </p>
      )}
      <button type="submit" className="button button-primary" disabled={state === 'busy' || title.trim() === ''}>
        {state === 'busy' ? 'Opening …' : 'Open pull request'}
      </button>
    </form>
  )
}
