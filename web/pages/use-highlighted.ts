import { useEffect } from 'react'

/** A link to one widget brings it into sight and marks it. */
export function useHighlighted() {
  useEffect(() => {
    const id = decodeURIComponent(location.hash.slice(1))
    if (id === '' || id === 'content') return
    const timer = setTimeout(() => {
      const card = document.querySelector(`[data-widget="${CSS.escape(id)}"]`)?.closest('.card')
      card?.scrollIntoView({ block: 'center' })
      card?.setAttribute('data-highlighted', 'true')
    }, 300)
    return () => clearTimeout(timer)
  }, [])
}
