import type { ComponentType } from 'react'
import { useEffect, useState } from 'react'
import type { Project } from '../queries/project.ts'

export interface PageProps {
  readonly project: Project
  readonly path: string
  readonly search: string
}

/** A page that is no dashboard: its code is fetched when somebody goes there. */
export interface PageEntry {
  readonly name: string
  /** The path, and everything below it. */
  readonly path: string
  readonly load: () => Promise<ComponentType<PageProps>>
  /** How it is called in the navigation; pages without a title are reached by other ways. */
  readonly title?: string
  readonly icon?: string
}

export const PAGES: readonly PageEntry[] = [
  {
    name: 'records',
    path: '/records',
    load: () => import('../trace/records-page.tsx').then(({ RecordsPage }) => RecordsPage),
  },
  {
    name: 'breakdown',
    path: '/breakdown',
    load: () => import('../trace/breakdown-page.tsx').then(({ BreakdownPage }) => BreakdownPage),
  },
  {
    name: 'my',
    path: '/my',
    load: () => import('../builder/index.ts').then(({ BuilderPage }) => BuilderPage),
  },
  {
    name: 'explore',
    path: '/explore',
    title: 'Explore',
    icon: 'explore',
    load: () => import('../explorer/index.ts').then(({ ExplorerPage }) => ExplorerPage),
  },
  {
    name: 'catalogue',
    path: '/catalogue',
    title: 'Catalogue',
    icon: 'catalogue',
    load: () => import('../catalogue/index.ts').then(({ CataloguePage }) => CataloguePage),
  },
  {
    name: 'settings',
    path: '/settings',
    title: 'Settings',
    icon: 'settings',
    load: () => import('../settings/index.ts').then(({ SettingsPage }) => SettingsPage),
  },
]

export const pageAt = (path: string): PageEntry | undefined =>
  PAGES.find((page) => path === page.path || path.startsWith(`${page.path}/`))

const loaded = new Map<string, ComponentType<PageProps>>()

/** The page as soon as its code is there; what was fetched once is there at once. */
export function usePage(entry: PageEntry | undefined): ComponentType<PageProps> | Error | null {
  const [, setCount] = useState(0)
  const [error, setError] = useState<Error | null>(null)
  useEffect(() => {
    setError(null)
    if (entry === undefined || loaded.has(entry.name)) return
    entry.load().then((page) => {
      loaded.set(entry.name, page)
      setCount((count) => count + 1)
    }, setError)
  }, [entry])
  return error ?? loaded.get(entry?.name ?? '') ?? null
}

/** Fetches the code of a page before somebody goes there. */
export function prefetchPage(path: string) {
  const entry = pageAt(path)
  if (entry === undefined || loaded.has(entry.name)) return
  entry.load().then(
    (page) => void loaded.set(entry.name, page),
    () => undefined,
  )
}
