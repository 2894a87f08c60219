import { useEffect, useRef, useState } from 'react'
import { say } from '../../frame/toasts.tsx'
import { connection } from '../../queries/connection.ts'
import { guardLeaving } from '../../queries/page-state.ts'

export interface Leaving {
  /** Goes where somebody wanted to go meanwhile; null where nobody wants to leave. */
  readonly go: (() => void) | null
  readonly stay: () => void
  /** From now on nobody is asked. */
  readonly free: () => void
}

/** Nobody leaves unsaved changes unasked. */
export function useLeaving(isChanged: boolean): Leaving {
  const [go, setGo] = useState<(() => void) | null>(null)
  const isFree = useRef(false)
  useEffect(() => {
    if (!isChanged) return
    const onUnload = (event: BeforeUnloadEvent) => {
      // On the way to sign in again nothing is lost: the changes are kept in this browser.
      if (!isFree.current && connection.get() !== 'signed_out') event.preventDefault()
    }
    addEventListener('beforeunload', onUnload)
    const end = guardLeaving((href, leave) => {
      if (isFree.current || staysHere(href)) return true
      setGo(() => leave)
      return false
    })
    return () => {
      removeEventListener('beforeunload', onUnload)
      end()
    }
  }, [isChanged])
  const changed = useRef(isChanged)
  changed.current = isChanged
  useEffect(
    () => () => {
      if (changed.current && !isFree.current && !isEditor(location.pathname, location.search)) {
        say('Your changes are kept in this browser: edit the dashboard again to go on')
      }
    },
    [],
  )
  return {
    go,
    stay: () => setGo(null),
    free: () => {
      isFree.current = true
    },
  }
}

function staysHere(href: string): boolean {
  const { pathname, search } = new URL(href, location.href)
  return pathname === location.pathname && isEditor(pathname, search)
}

const isEditor = (path: string, search: string) => path === '/my/new' || new URLSearchParams(search).has('edit')
