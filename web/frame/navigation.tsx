import { Icon } from '../components/icon.tsx'
import { Link } from '../components/link.tsx'
import { PAGES, prefetchPage } from '../pages/page-table.ts'
import { useStore } from '../queries/external-store.ts'
import { carriedSearch } from '../queries/page-state.ts'
import { personalDashboards } from '../queries/personal-dashboards.ts'
import { preferences } from '../queries/preferences.ts'
import type { DashboardInfo, Project } from '../queries/project.ts'
import { OwnPages } from './own-pages.tsx'

interface Props {
  readonly project: Project
  readonly current: DashboardInfo | undefined
  readonly path: string
  /** The range and the filters of all pages are kept from page to page. */
  readonly search: string
  readonly onGo: () => void
}

/** The pages: favourites, dashboards, and what else there is. */
export function Navigation({ project, current, path, search, onGo }: Props) {
  const { caller, dashboards } = project
  const { favourites = [] } = useStore(preferences)
  const hrefOf = (page: DashboardInfo) => `${page.path}${carriedSearch(search, page, project)}`
  const own = useStore(personalDashboards).dashboards.map(({ id, title }) => ({ path: `/my/${id}`, title }))
  const starred = [
    ...dashboards.map((page) => ({ path: page.path, title: page.title, href: hrefOf(page) })),
    ...own.map((page) => ({ ...page, href: page.path })),
  ].filter((page) => favourites.includes(page.path))
  const others = PAGES.flatMap(({ title, ...page }) => (title === undefined ? [] : [{ ...page, title }]))
  return (
    <aside className="navigation" id="navigation">
      <div className="navigation-inner">
        <Link
          className="brand"
          href={`/${search === '' ? '' : carriedSearch(search, dashboards[0], project)}`}
          onGo={onGo}
        >
          <img src="/favicon.svg" alt="" width="24" height="24" />
          <span className="brand-name">{titleOf(project.name)}</span>
        </Link>
        <div className="navigation-lists">
          {starred.length > 0 && (
            <nav className="pages" aria-label="Favourites">
              <h2 className="pages-title">Favourites</h2>
              {starred.map((page) => (
                <Link key={page.path} className="page-link favourite-link" href={page.href} onGo={onGo}>
                  <Icon name="star" />
                  {page.title}
                </Link>
              ))}
            </nav>
          )}
          <nav className="pages" aria-label="Dashboards">
            <h2 className="pages-title">Dashboards</h2>
            {dashboards.map((page) => (
              <Link
                key={page.name}
                className="page-link"
                href={hrefOf(page)}
                current={page.name === current?.name}
                onGo={onGo}
              >
                <Icon name={`${page.icon ?? ''} ${page.name}`} />
                {page.title}
              </Link>
            ))}
          </nav>
          <OwnPages path={path} onGo={onGo} />
          {others.length > 0 && (
            <nav className="pages" aria-label="Tools">
              <h2 className="pages-title">Tools</h2>
              {others.map((page) => (
                <Link
                  key={page.name}
                  className="tool-link page-link"
                  href={page.path}
                  current={path === page.path || path.startsWith(`${page.path}/`)}
                  onGo={onGo}
                  onNear={() => prefetchPage(page.path)}
                >
                  <Icon name={page.icon ?? page.name} />
                  {page.title}
                </Link>
              ))}
            </nav>
          )}
        </div>
        <form className="caller" method="post" action="/sign-out">
          <div className="caller-who">
            <div className="caller-name">{caller.name ?? caller.user ?? caller.org ?? 'Signed in'}</div>
            <div className="caller-role">
              {[(caller.name ?? caller.user) === null ? null : caller.org, caller.role].filter(Boolean).join(' · ')}
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

export function titleOf(name: string): string {
  const text = name.replace(/[-_]+/g, ' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}
