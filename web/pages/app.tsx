import { useEffect, useState } from 'react'
import { Navigation } from '../components/navigation.tsx'
import { useAddress } from '../queries/page-state.ts'
import { fetchProject, type Project } from '../queries/project.ts'
import { DashboardPage } from './dashboard-page.tsx'
import { MessagePage } from './message-page.tsx'

/** The first dashboard is the start page; every other has its path. */
export function App() {
  const [project, setProject] = useState<Project | null>(null)
  const [error, setError] = useState<Error | null>(null)
  const { path, search } = useAddress()
  useEffect(() => {
    fetchProject().then(setProject, setError)
  }, [])
  if (error !== null) return <MessagePage title="The project cannot be read" text={error.message} />
  if (project === null) return <div className="shell" aria-busy="true" />
  const dashboard = path === '/' ? project.dashboards[0] : project.dashboards.find((page) => page.path === path)
  return (
    <div className="shell">
      <Navigation project={project} current={dashboard} search={search} />
      {dashboard !== undefined && <DashboardPage project={project} dashboard={dashboard} search={search} />}
      {dashboard === undefined && path === '/' && (
        <MessagePage
          title="No dashboards yet"
          text="Declare one in a YAML file under dashboards/: it appears here once it is valid."
        />
      )}
      {dashboard === undefined && path !== '/' && (
        <MessagePage title="There is no such page" text={`No dashboard that you may see has the path ${path}.`} />
      )}
    </div>
  )
}
