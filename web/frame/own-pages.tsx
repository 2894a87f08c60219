import { useEffect } from 'react'
import { Icon } from '../components/icon.tsx'
import { Link } from '../components/link.tsx'
import { prefetchPage } from '../pages/page-table.ts'
import { useStore } from '../queries/external-store.ts'
import { loadPersonalDashboards, type PersonalOutline, personalDashboards } from '../queries/personal-dashboards.ts'

interface Props {
  readonly path: string
  readonly onGo: () => void
}

const near = () => prefetchPage('/my')

/** Dashboards that people made: one's own with the way to a new one, and those that others share. */
export function OwnPages({ path, onGo }: Props) {
  const { dashboards } = useStore(personalDashboards)
  useEffect(() => void loadPersonalDashboards(), [])
  const shared = dashboards.filter(({ mine }) => !mine)
  const linkTo = ({ id, title, mine, owner }: PersonalOutline) => (
    <Link
      key={id}
      className="page-link"
      href={`/my/${id}`}
      current={path === `/my/${id}`}
      title={mine ? title : `${title}, shared by ${owner}`}
      onGo={onGo}
      onNear={near}
    >
      <Icon name={mine ? 'page' : 'team'} />
      <span>{title}</span>
    </Link>
  )
  return (
    <>
      <nav className="pages" aria-label="My dashboards">
        <h2 className="pages-title">My dashboards</h2>
        {dashboards.filter(({ mine }) => mine).map(linkTo)}
        <Link className="page-link" href="/my/new" current={path === '/my/new'} onGo={onGo} onNear={near}>
          <Icon name="build" />
          New dashboard
        </Link>
      </nav>
      {shared.length > 0 && (
        <nav className="pages" aria-label="Shared dashboards">
          <h2 className="pages-title">Shared by others</h2>
          {shared.map(linkTo)}
        </nav>
      )}
    </>
  )
}
