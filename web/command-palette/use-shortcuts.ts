import { useEffect, useRef } from 'react'
import { carriedSearch, navigate } from '../queries/page-state.ts'
import type { DashboardInfo, Project } from '../queries/project.ts'

interface Shortcuts {
  readonly project: Project
  readonly search: string
  readonly onPalette: () => void
  readonly onHelp: () => void
  readonly onScreen: () => void
}

const PATIENCE = 1500

/** Keys for those who do not want to leave the keyboard; while somebody writes they are letters. */
export function useShortcuts(shortcuts: Shortcuts) {
  const now = useRef(shortcuts)
  now.current = shortcuts
  useEffect(() => {
    let going = 0
    const onKey = (event: KeyboardEvent) => {
      const { onPalette, onHelp, onScreen, project, search } = now.current
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        return onPalette()
      }
      if (event.metaKey || event.ctrlKey || event.altKey || isWriting(event.target)) return
      if (document.querySelector('dialog[open]') !== null) return
      const isGoing = Date.now() - going < PATIENCE
      going = 0
      if (isGoing) return goTo(event, project, search)
      if (event.key === 'g') going = Date.now()
      if (event.key === '?') onHelp()
      if (event.key === 'n') navigate('/my/new')
      if (event.key === 'f') onScreen()
      if (event.key === '/') {
        event.preventDefault()
        onPalette()
      }
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target.closest('input, textarea, select') !== null
}

function goTo(event: KeyboardEvent, project: Project, search: string) {
  const page = goKeys(project.dashboards).find(({ key }) => key === event.key)?.page
  if (page === undefined) return
  event.preventDefault()
  navigate(`${page.path}${carriedSearch(search, page, project)}`)
}

/** A letter for each page: the first of its title that no page before it took. */
export function goKeys(
  pages: readonly DashboardInfo[],
): readonly { readonly key: string; readonly page: DashboardInfo }[] {
  const taken = new Set<string>()
  return pages.flatMap((page) => {
    const letters = page.title.toLowerCase().match(/[a-z]/g) ?? []
    const key = letters.find((letter) => !taken.has(letter))
    if (key === undefined) return []
    taken.add(key)
    return [{ key, page }]
  })
}
