import { type ReactNode, useState } from 'react'
import { copyText } from '../components/copy-text.ts'
import { Popover } from '../components/popover.tsx'
import { useStore } from '../queries/external-store.ts'
import { preferences, toggleFavourite } from '../queries/preferences.ts'
import type { DashboardInfo } from '../queries/project.ts'
import { sendJson } from '../queries/request.ts'
import { Feedback } from './feedback.tsx'
import { SavedViews } from './saved-views.tsx'
import { say, sayFailure } from './toasts.tsx'

/** What can be done with a page: keep it, name what it shows, share it, say what one thinks of it. */
export function PageActions({ dashboard, more }: { readonly dashboard: DashboardInfo; readonly more: ReactNode }) {
  const { favourites = [] } = useStore(preferences)
  const [feedback, setFeedback] = useState(false)
  const isFavourite = favourites.includes(dashboard.path)
  return (
    <div className="page-actions">
      <button
        type="button"
        className="icon-button star"
        aria-pressed={isFavourite}
        aria-label={isFavourite ? 'Remove from favourites' : 'Add to favourites'}
        title={isFavourite ? 'Remove from favourites' : 'Add to favourites'}
        onClick={() => void toggleFavourite(dashboard.path).catch(sayFailure)}
      >
        <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
          <path d="M12 3.500l2.600 5.400 5.900.800-4.300 4.100 1.100 5.900-5.300-2.900-5.300 2.900 1.100-5.900-4.300-4.100 5.900-.800z" />
        </svg>
      </button>
      <SavedViews />
      <Popover align="end" name="Share" label="Share">
        {(close) => (
          <div className="menu-items">
            <button type="button" className="menu-item" onClick={() => void shareShort().then(close)}>
              Copy short link
            </button>
            <button
              type="button"
              className="menu-item"
              onClick={() =>
                void copyText(location.href)
                  .then((done) => say(done ? 'Link copied' : location.href))
                  .then(close)
              }
            >
              Copy full link
            </button>
            <button
              type="button"
              className="menu-item"
              onClick={() => {
                close()
                setTimeout(print, 100)
              }}
            >
              Print or save as PDF
            </button>
          </div>
        )}
      </Popover>
      {more}
      <button type="button" className="button feedback-button" onClick={() => setFeedback(true)}>
        Feedback
      </button>
      {feedback && <Feedback page={dashboard.path} title={dashboard.title} onClose={() => setFeedback(false)} />}
    </div>
  )
}

async function shareShort() {
  try {
    const { pathname: path, search } = location
    const { id } = await sendJson<{ id: string }>('POST', '/api/v1/links', { path, search })
    const link = `${location.origin}/l/${id}`
    say((await copyText(link)) ? `Copied ${link}` : link)
  } catch (error) {
    sayFailure(error)
  }
}
