import { CubeProvider } from '@cubejs-client/react'
import { useEffect } from 'react'
import { ErrorBoundary } from 'react-error-boundary'
import { Frame } from '../frame/frame.tsx'
import { cubeApi } from '../queries/answers.ts'
import { useStore } from '../queries/external-store.ts'
import { followFreshness, freshness } from '../queries/freshness.ts'
import { useAddress } from '../queries/page-state.ts'
import type { DashboardInfo, Project } from '../queries/project.ts'
import { useProject } from '../queries/use-project.ts'
import { DashboardPage } from './dashboard-page.tsx'
import { MessagePage } from './message-page.tsx'
import { pageAt, usePage } from './page-table.ts'

/** What index.html shows until there is something to show: it stays as it is. */
const OUTLINE = { __html: document.querySelector('.shell')?.innerHTML ?? '' }

/** The first dashboard is the start page; every other has its path. */
export function App() {
  return (
    <ErrorBoundary fallback={<BrokenPage />}>
      <Pages />
    </ErrorBoundary>
  )
}

function Pages() {
  const { project, error, lost, dismiss } = useProject()
  const { path, search } = useAddress()
  useEffect(followFreshness, [])
  useOverlay()
  if (project === null && error !== null) {
    return <MessagePage title="The project cannot be read" text={error.message} retry />
  }
  // biome-ignore lint/security/noDangerouslySetInnerHtml: it is what our own index.html says.
  if (project === null) return <div className="shell" aria-busy="true" dangerouslySetInnerHTML={OUTLINE} />
  const dashboard = dashboardAt(path, project)
  return (
    <CubeProvider cubeApi={cubeApi}>
      <Frame project={project} dashboard={dashboard} path={path} search={search} lost={lost} onDismiss={dismiss}>
        <ErrorBoundary resetKeys={[path, search]} fallback={<BrokenPage />}>
          {dashboard === undefined ? (
            <OtherPage project={project} path={path} search={search} />
          ) : (
            <DashboardPage key={dashboard.name} project={project} dashboard={dashboard} search={search} />
          )}
        </ErrorBoundary>
      </Frame>
    </CubeProvider>
  )
}

const BrokenPage = () => (
  <MessagePage
    title="This page could not be shown"
    text="That is a mistake of ours, not of your data. Other pages work; the console of the browser says more."
    retry
  />
)

/** What is shown over the pages while definitions are edited or compared. */
function useOverlay() {
  const { mode } = useStore(freshness)
  useEffect(() => {
    if (mode !== null) void import('../overlay/index.ts').then(({ startOverlay }) => startOverlay(mode))
  }, [mode])
}

const dashboardAt = (path: string, { dashboards }: Project): DashboardInfo | undefined =>
  path === '/' ? dashboards[0] : dashboards.find((page) => page.path === path)

interface OtherProps {
  readonly project: Project
  readonly path: string
  readonly search: string
}

function OtherPage({ project, path, search }: OtherProps) {
  const entry = pageAt(path)
  const Page = usePage(entry)
  if (Page instanceof Error) {
    return <MessagePage title="This page could not be fetched" text="Check the connection and try again." retry />
  }
  if (entry !== undefined) {
    return Page === null ? <main className="page" aria-busy="true" /> : <Page {...{ project, path, search }} />
  }
  if (path === '/') {
    return (
      <MessagePage
        title="No dashboards yet"
        text="Declare one in a YAML file under dashboards/: it appears here once it is valid."
      />
    )
  }
  return (
    <MessagePage
      title="There is no such page"
      text={`No dashboard that you may see has the path ${path}. It may have been renamed or taken out of the project.`}
    />
  )
}
