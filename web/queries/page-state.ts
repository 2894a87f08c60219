import { useSyncExternalStore } from 'react'
import { type DateRange, PRESETS, rangeOf } from './date-range.ts'
import type { Compare, DashboardInfo, Preset, Project } from './project.ts'

/** What a page shows, as the address says: only what differs from the page's own defaults stands there. */
export interface PageState {
  readonly preset: Preset | null
  readonly range: DateRange
  readonly compare: Compare
}

const COMPARES: readonly Compare[] = ['previous_period', 'previous_year', 'none']
const DAY = /^\d{4}-\d{2}-\d{2}$/

export function readState(search: string, dashboard: DashboardInfo, project: Project): PageState {
  const params = new URLSearchParams(search)
  const compare = COMPARES.find((name) => name === params.get('compare')) ?? dashboard.compare
  const [from, to] = [params.get('from') ?? '', params.get('to') ?? '']
  if (DAY.test(from) && DAY.test(to) && from <= to) return { preset: null, range: { from, to }, compare }
  const preset = PRESETS.find(({ name }) => name === params.get('range'))?.name ?? dashboard.range
  return { preset, range: rangeOf(preset, project.today), compare }
}

export function searchOf(state: Partial<PageState>, dashboard: DashboardInfo): string {
  const params = new URLSearchParams()
  if (state.preset === null && state.range) {
    params.set('from', state.range.from)
    params.set('to', state.range.to)
  } else if (state.preset && state.preset !== dashboard.range) params.set('range', state.preset)
  if (state.compare && state.compare !== dashboard.compare) params.set('compare', state.compare)
  const text = params.toString()
  return text === '' ? '' : `?${text}`
}

/** Path and search of the address; changes with `navigate` and with Back. */
export function useAddress(): { readonly path: string; readonly search: string } {
  const href = useSyncExternalStore(subscribe, () => location.pathname + location.search)
  const [path = '/', search] = href.split('?')
  return { path, search: search === undefined ? '' : `?${search}` }
}

export function navigate(href: string) {
  if (href === location.pathname + location.search) return
  history.pushState(null, '', href)
  dispatchEvent(new PopStateEvent('popstate'))
}

function subscribe(onChange: () => void) {
  addEventListener('popstate', onChange)
  return () => removeEventListener('popstate', onChange)
}
