import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
let version = 0
let watching = false

/** Changes whenever the theme does: what was computed from tokens must be computed again. */
export function useThemeVersion(): number {
  return useSyncExternalStore(subscribe, () => version)
}

/** A colour as it looks right now: `var(--series-1)` becomes `rgb(8, 66, 138)`. */
export function resolveColor(color: string): string {
  const probe = document.createElement('span')
  probe.style.color = color
  probe.style.display = 'none'
  document.body.append(probe)
  const resolved = getComputedStyle(probe).color
  probe.remove()
  return resolved
}

function subscribe(listener: () => void) {
  watch()
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

function watch() {
  if (watching) return
  watching = true
  const changed = () => {
    version += 1
    for (const listener of listeners) listener()
  }
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed)
  new MutationObserver(changed).observe(document.documentElement, { attributeFilter: ['data-theme', 'style', 'class'] })
}
