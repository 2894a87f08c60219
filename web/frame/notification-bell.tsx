import { useEffect, useState } from 'react'
import { Link } from '../components/link.tsx'
import { Popover } from '../components/popover.tsx'
import { getJson, sendJson } from '../queries/request.ts'
import { ageText } from './freshness-badge.tsx'

interface Notification {
  readonly id: string
  readonly at: string
  readonly severity: string
  readonly title: string
  readonly text: string
  readonly href: string | null
  readonly read: boolean
}

const EVERY = 60_000

/** What happened that one wanted to be told of. */
export function NotificationBell() {
  const { list, markRead } = useNotifications()
  const unread = list.filter(({ read }) => !read).length
  const shown = unread > 9 ? '9+' : String(unread)
  return (
    <Popover
      className="icon-button bell"
      align="end"
      name={unread === 0 ? 'Notifications' : `Notifications, ${shown} unread`}
      onClose={markRead}
      label={
        <>
          <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d="M6 16V11a6 6 0 1 1 12 0v5l2 2H4zM10 21h4" />
          </svg>
          {unread > 0 && <span className="bell-count">{shown}</span>}
        </>
      }
    >
      {(close) => (
        <div className="notifications">
          <h2 className="popover-title">Notifications</h2>
          {list.length === 0 && <p className="options-note">Nothing happened that you wanted to be told of.</p>}
          <ul>
            {list.map(({ id, at, severity, title, text, href, read }) => (
              <li key={id} className="notification" data-severity={severity} data-read={read}>
                <p className="notification-title">
                  {href === null ? (
                    title
                  ) : (
                    <Link href={href} onGo={close}>
                      {title}
                    </Link>
                  )}
                </p>
                <p className="notification-text">{text}</p>
                <p className="notification-age">
                  {severity} · {ageText(Math.max(0, Date.now() - Date.parse(at)))}
                </p>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Popover>
  )
}

function useNotifications() {
  const [list, setList] = useState<readonly Notification[]>([])
  useEffect(() => {
    const look = () => {
      if (document.visibilityState !== 'visible') return
      getJson<{ notifications?: readonly Notification[] } | readonly Notification[]>('/api/v1/notifications').then(
        (body) => setList('notifications' in body ? (body.notifications ?? []) : (body as readonly Notification[])),
        () => undefined,
      )
    }
    look()
    const timer = setInterval(look, EVERY)
    return () => clearInterval(timer)
  }, [])
  const markRead = () => {
    const ids = list.filter(({ read }) => !read).map(({ id }) => id)
    if (ids.length === 0) return
    setList(list.map((item) => ({ ...item, read: true })))
    sendJson('POST', '/api/v1/notifications/read', { ids }).catch(() => undefined)
  }
  return { list, markRead }
}
