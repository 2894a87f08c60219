import { useEffect, useState } from 'react'
import { useStore } from './external-store.ts'
import { fetchProject } from './fetch-project.ts'
import { freshness } from './freshness.ts'
import type { Project } from './project.ts'
import { RequestError } from './request.ts'

export interface LoadedProject {
  readonly project: Project | null
  readonly error: Error | null
  /** What the definitions lost while the page was open. */
  readonly lost: readonly string[]
  readonly dismiss: () => void
}

interface State {
  readonly project: Project | null
  readonly error: Error | null
  readonly lost: readonly string[]
}

/** The project as it is now: read again whenever its definitions change, and when a new day begins. */
export function useProject(): LoadedProject {
  const { definitions } = useStore(freshness)
  const [state, setState] = useState<State>({ project: null, error: null, lost: [] })
  const day = useDay(state.project?.timezone)
  // What is learned for the first time is no news, unless the project could not be read without it.
  const news = useChanges(definitions, state.error === null) + useChanges(day === '' ? null : day, true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: new definitions and a new day are why it is read again.
  useEffect(() => {
    const controller = new AbortController()
    fetchProject(controller.signal).then(
      (project) => setState((before) => ({ project, error: null, lost: lostOf(before, project) })),
      (error: Error) => {
        if (controller.signal.aborted) return
        if (error instanceof RequestError && error.status === 401) return signIn()
        setState((before) => ({ ...before, error: before.project === null ? error : null }))
      },
    )
    return () => controller.abort()
  }, [news])
  return { ...state, dismiss: () => setState((before) => ({ ...before, lost: [] })) }
}

/** Before anything is shown there is nothing to lose. */
function signIn() {
  if (document.querySelector('.shell') === null || document.querySelector('main') === null) {
    location.assign(signInPath())
  }
}

export const signInPath = () => `/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`

function lostOf({ project: before, lost }: State, now: Project): readonly string[] {
  if (before === null) return []
  const pages = before.dashboards.filter(({ name }) => !now.dashboards.some((other) => other.name === name))
  const metrics = before.metrics.filter(({ name }) => !now.metrics.some((other) => other.name === name))
  const names = [...pages.map(({ title }) => title), ...metrics.map(({ label }) => label)]
  return names.length === 0 ? lost : names
}

/** How often a value changed; from null to something does not count where that is `silent`. */
function useChanges(value: string | null, silent: boolean): number {
  const [state, setState] = useState({ value, count: 0 })
  if (state.value !== value) {
    const counts = state.value !== null || !silent
    setState({ value, count: state.count + (counts ? 1 : 0) })
  }
  return state.count
}

const MINUTE = 60_000

/** The day it is in the project's time zone. */
function useDay(timeZone: string | undefined): string {
  const [day, setDay] = useState('')
  useEffect(() => {
    if (timeZone === undefined) return
    const look = () => setDay(new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(new Date()))
    const timer = setInterval(look, MINUTE)
    return () => clearInterval(timer)
  }, [timeZone])
  return day
}
