import { useEffect, useState } from 'react'
import { Link } from '../components/link.tsx'
import { Popover } from '../components/popover.tsx'
import { getJson, sendJson } from '../queries/request.ts'
import { say, sayFailure } from './toasts.tsx'

interface View {
  readonly id: string
  readonly name: string
  readonly path: string
  readonly search: string
  readonly shared: boolean
  readonly mine: boolean
  readonly owner: string
  readonly deletable: boolean
}

/** Pages with their filters under a name: one's own, and those that others share. */
export function SavedViews() {
  return (
    <Popover align="end" name="Saved views" label="Views">
      {(close) => <Views onDone={close} />}
    </Popover>
  )
}

function Views({ onDone }: { readonly onDone: () => void }) {
  const [views, setViews] = useState<readonly View[] | null>(null)
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const load = () => {
    getJson<{ views: readonly View[] }>('/api/v1/views').then((body) => setViews(body.views), sayFailure)
  }
  useEffect(load, [])
  const save = () => {
    const { pathname: path, search } = location
    sendJson('POST', '/api/v1/views', { name: name.trim(), path, search, shared }).then(() => {
      say(`Saved as “${name.trim()}”`)
      onDone()
    }, sayFailure)
  }
  const remove = (view: View) => {
    sendJson('DELETE', `/api/v1/views/${view.id}`).then(load, sayFailure)
  }
  return (
    <div className="views">
      <h2 className="popover-title">Saved views</h2>
      {views === null && <p className="options-note">Looking up views…</p>}
      {views?.length === 0 && <p className="options-note">None yet. Name what you see to come back to it.</p>}
      <ul>
        {views?.map((view) => (
          <li key={view.id} className="view">
            <Link className="menu-item" href={`${view.path}${view.search}`} onGo={onDone}>
              {view.name}
              <span className="options-note">{view.mine ? (view.shared ? 'shared' : '') : `by ${view.owner}`}</span>
            </Link>
            {view.deletable && (
              <button
                type="button"
                className="icon-button"
                aria-label={`Delete ${view.name}`}
                onClick={() => remove(view)}
              >
                ✕
              </button>
            )}
          </li>
        ))}
      </ul>
      <form
        className="view-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim() !== '') save()
        }}
      >
        <label className="field">
          Save what is shown as
          <input
            type="text"
            maxLength={100}
            value={name}
            placeholder="Name"
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <label className="option">
          <input type="checkbox" checked={shared} onChange={(event) => setShared(event.target.checked)} />
          Show it to everybody in the organisation
        </label>
        <button type="submit" className="button button-primary" disabled={name.trim() === ''}>
          Save view
        </button>
      </form>
    </div>
  )
}
