import { createStore } from './external-store.ts'
import { getJson, sendJson } from './request.ts'

export type Theme = 'system' | 'light' | 'dark'

/** What somebody set for themselves; the server keeps it. */
export interface Preferences {
  readonly theme?: Theme
  /** Paths of pages. */
  readonly favourites?: readonly string[]
}

export const preferences = createStore<Preferences>({ theme: storedTheme() })

export async function loadPreferences() {
  try {
    accept(await getJson<Preferences>('/api/v1/preferences'))
  } catch {
    // Without them everything is as the project has it.
  }
}

/** Holds at once; the server is told. */
export async function changePreferences(change: Preferences) {
  accept({ ...preferences.get(), ...change })
  await sendJson('PUT', '/api/v1/preferences', change)
}

export function toggleFavourite(path: string) {
  const favourites = preferences.get().favourites ?? []
  const isOne = favourites.includes(path)
  return changePreferences({ favourites: isOne ? favourites.filter((other) => other !== path) : [...favourites, path] })
}

function accept(next: Preferences) {
  preferences.set(next)
  applyTheme(next.theme ?? 'system')
}

/** Also kept in the browser, so that the next page has it before the server answered. */
function applyTheme(theme: Theme) {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  try {
    localStorage.setItem('theme', theme)
  } catch {
    // A browser that keeps nothing asks the server each time.
  }
}

function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem('theme')
    return stored === 'light' || stored === 'dark' ? stored : 'system'
  } catch {
    return 'system'
  }
}
