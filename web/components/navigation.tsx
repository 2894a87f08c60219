import type { DashboardInfo, Project } from '../queries/project.ts'
import { Icon } from './icon.tsx'
import { Link } from './link.tsx'

interface Props {
  readonly project: Project
  readonly current: DashboardInfo | undefined
  /** The range is kept from page to page. */
  readonly search: string
}

export function Navigation({ project, current, search }: Props) {
  const { caller } = project
  return (
    <aside className="navigation">
      <div className="navigation-inner">
        <div className="brand">
          <img src="/favicon.svg" alt="" width="24" height="24" />
          <span className="brand-name">{titleOf(project.name)}</span>
        </div>
        <nav className="pages" aria-label="Dashboards">
          {project.dashboards.map((dashboard) => (
            <Link
              key={dashboard.name}
              className="page-link"
              href={`${dashboard.path}${search}`}
              current={dashboard.name === current?.name}
            >
              <Icon name={`${dashboard.icon ?? ''} ${dashboard.name}`} />
              {dashboard.title}
            </Link>
          ))}
        </nav>
        <form className="caller" method="post" action="/sign-out">
          <div>
            <div className="caller-name">{caller.user ?? caller.org ?? 'Signed in'}</div>
            <div className="caller-role">
              {[caller.user === null ? null : caller.org, caller.role].filter(Boolean).join(' · ')}
            </div>
          </div>
          <button type="submit" className="button">
            Sign out
          </button>
        </form>
      </div>
    </aside>
  )
}

function titleOf(name: string): string {
  const text = name.replace(/[-_]+/g, ' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}
