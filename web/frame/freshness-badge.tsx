import { useEffect, useState } from 'react'
import { connection } from '../queries/connection.ts'
import { useStore } from '../queries/external-store.ts'
import { freshness, setLive } from '../queries/freshness.ts'

/** How old the data is, and whether the page follows it. */
export function FreshnessBadge({ timezone }: { readonly timezone: string }) {
  const { changedAt, live } = useStore(freshness)
  const state = useStore(connection)
  const now = useNow()
  const age = changedAt === null ? null : Math.max(0, now - changedAt)
  const title = `${live ? 'The page follows the data as it comes; press to hold it still.' : 'Held still; press to follow the data again.'} Times in ${timezone}.`
  return (
    <button
      type="button"
      className="freshness"
      data-state={state !== 'connected' ? 'lost' : live ? 'live' : 'paused'}
      aria-pressed={!live}
      title={title}
      onClick={() => setLive(!live)}
    >
      <span className="freshness-dot" aria-hidden="true" />
      <span className="freshness-text">
        {state !== 'connected'
          ? 'Not connected'
          : live
            ? age === null
              ? 'Live'
              : `Updated ${ageText(age)}`
            : 'Paused'}
      </span>
    </button>
  )
}

function useNow(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return now
}

export function ageText(millis: number): string {
  const seconds = Math.round(millis / 1000)
  if (seconds < 60) return `${seconds} s ago`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)} h ago`
  return `${Math.floor(seconds / 86_400)} days ago`
}
