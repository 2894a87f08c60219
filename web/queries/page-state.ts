import { useSyncExternalStore } from 'react'
import { type DateRange, PRESETS, rangeOf } from './date-range.ts'
import { type ActiveFilter, filterNamed, filtersOf } from './filters.ts'
import type { Compare, DashboardInfo, FilterInfo, Preset, Project } from './project.ts'

/** What a page shows, as the address says: only what differs from the page's own defaults stands there. */
export interface PageState {
  readonly preset: Preset | null
  readonly range: DateRange
  readonly compare: Compare
  readonly filters: readonly ActiveFilter[]
}

/** What a page begins with. */
export type Defaults = Pick<DashboardInfo, 'range' | 'compare'> & Partial<Pick<DashboardInfo, 'filters'>>

export const COMPARES: readonly Compare[] = ['previous_period', 'previous_year', 'none']
const DAY = /^\d{4}-\d{2}-\d{2}$/
/** Keys of an address that are no filters. */
const OWN_KEYS = new Set([
  'range',
  'from',
  'to',
  'compare',
  'open',
  'metric',
  'metrics',
  'sort',
  'search',
  'tv',
  'path',
  'edit',
])

export function readState(search: string, page: Defaults, project: Project): PageState {
  const params = new URLSearchParams(search)
  const compare = COMPARES.find((name) => name === params.get('compare')) ?? page.compare
  const filters = readFilters(params, page, project)
  const [from, to] = [params.get('from') ?? '', params.get('to') ?? '']
  if (isDay(from) && isDay(to) && from <= to) return { preset: null, range: { from, to }, compare, filters }
  const preset = PRESETS.find(({ name }) => name === params.get('range'))?.name ?? page.range
  return { preset, range: rangeOf(preset, project.today), compare, filters }
}

const isDay = (text: string) => DAY.test(text) && !Number.isNaN(Date.parse(text))

function readFilters(params: URLSearchParams, page: Defaults, project: Project): readonly ActiveFilter[] {
  const offered = filtersOf({ filters: page.filters ?? [] }, project)
  return [...new Set(params.keys())]
    .filter((key) => !OWN_KEYS.has(key))
    .flatMap((key) => {
      const filter = filterNamed(key, offered, project)
      return filter === undefined ? [] : [{ filter, values: [...new Set(params.getAll(key))] }]
    })
}

/** The address of a state; `extra` are keys of the page itself. */
export function searchOf(
  state: Partial<PageState>,
  page: Defaults,
  extra: Readonly<Record<string, string | undefined>> = {},
): string {
  const pairs: [string, string][] = []
  if (state.preset === null && state.range) pairs.push(['from', state.range.from], ['to', state.range.to])
  else if (state.preset && state.preset !== page.range) pairs.push(['range', state.preset])
  if (state.compare && state.compare !== page.compare) pairs.push(['compare', state.compare])
  for (const { filter, values } of state.filters ?? []) for (const value of values) pairs.push([filter.name, value])
  for (const [key, value] of Object.entries(extra)) if (value !== undefined) pairs.push([key, value])
  return pairs.length === 0 ? '' : `?${pairs.map(([key, value]) => `${key}=${encode(value)}`).join('&')}`
}

/** Readable where that is safe. */
const encode = (value: string) =>
  encodeURIComponent(value).replaceAll('%20', '+').replaceAll('%2F', '/').replaceAll('%3A', ':').replaceAll('%2C', ',')

/** What is kept on the way to another page: the time, the filters of all pages, and those that page offers, too. */
export function carriedSearch(search: string, target: Defaults | undefined, project: Project): string {
  const params = new URLSearchParams(search)
  const offered = new Set(filtersOf({ filters: target?.filters ?? [] }, project).map(({ name }) => name))
  const kept = [...params].filter(([key]) => ['range', 'from', 'to', 'compare'].includes(key) || offered.has(key))
  return kept.length === 0 ? '' : `?${kept.map(([key, value]) => `${key}=${encode(value)}`).join('&')}`
}

export const hasFilters = (search: string): boolean =>
  [...new URLSearchParams(search).keys()].some((key) => !OWN_KEYS.has(key))

/** This page without what narrows it. */
export const withoutFilters = (): string => hereWith((params) => params.filter(([key]) => OWN_KEYS.has(key)))

/** An address with a key set, or without it. */
export function withKey(path: string, search: string, key: string, value: string | null): string {
  const others = [...new URLSearchParams(search)].filter(([name]) => name !== key)
  const pairs = value === null ? others : [...others, [key, value] as const]
  return `${path}${pairs.length === 0 ? '' : `?${pairs.map(([name, text]) => `${name}=${encode(text)}`).join('&')}`}`
}

/** This page at another time. */
export const withRange = (from: string, to: string): string =>
  hereWith((params) => [
    ['from', from],
    ['to', to],
    ...params.filter(([key]) => !['from', 'to', 'range'].includes(key)),
  ])

function hereWith(change: (params: readonly [string, string][]) => readonly (readonly [string, string])[]): string {
  const pairs = change([...new URLSearchParams(location.search)])
  const search = pairs.map(([key, value]) => `${key}=${encode(value)}`).join('&')
  return `${location.pathname}${search === '' ? '' : `?${search}`}`
}

/** The state with one filter changed; no values take it away. */
export function withFilter(state: PageState, filter: FilterInfo, values: readonly string[]): PageState {
  const others = state.filters.filter((item) => item.filter.name !== filter.name)
  return { ...state, filters: values.length === 0 ? others : [...others, { filter, values }] }
}

/** Path and search of the address; changes with `navigate` and with Back. */
export function useAddress(): { readonly path: string; readonly search: string } {
  const href = useSyncExternalStore(subscribe, () => location.pathname + location.search)
  const [path = '/', ...search] = href.split('?')
  return { path, search: search.length === 0 ? '' : `?${search.join('?')}` }
}

export function navigate(href: string, { replace = false }: { readonly replace?: boolean } = {}) {
  if (href === location.pathname + location.search) return
  const go = () => {
    if (replace) history.replaceState(null, '', href)
    else history.pushState(null, '', href)
    dispatchEvent(new PopStateEvent('popstate'))
  }
  if (guard === null || guard(href, go)) go()
}

/** Says whether the page may be left for another address; if not, it may be left later by `go`. */
type Guard = (href: string, go: () => void) => boolean
let guard: Guard | null = null

/** Asks before this page is left. Returns what ends that. */
export function guardLeaving(ask: Guard): () => void {
  guard = ask
  return () => {
    if (guard === ask) guard = null
  }
}

function subscribe(onChange: () => void) {
  addEventListener('popstate', onChange)
  return () => removeEventListener('popstate', onChange)
}
