import { useStore } from '../queries/external-store.ts'
import { changePreferences, preferences, type Theme } from '../queries/preferences.ts'
import { sayFailure } from './toasts.tsx'

const NEXT: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' }
const LABELS: Readonly<Record<Theme, string>> = { system: 'as the system', light: 'light', dark: 'dark' }
const PATHS: Readonly<Record<Theme, string>> = {
  system: 'M4 5h16v11H4zM9 20h6M12 16v4',
  light: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2',
  dark: 'M20 14a8 8 0 1 1-10-10 6.500 6.500 0 0 0 10 10z',
}

export const nextTheme = () => changePreferences({ theme: NEXT[preferences.get().theme ?? 'system'] }).catch(sayFailure)

/** Light, dark, or as the system has it. */
export function ThemeSwitch() {
  const { theme = 'system' } = useStore(preferences)
  const label = `Theme: ${LABELS[theme]}. Change to ${LABELS[NEXT[theme]]}`
  return (
    <button type="button" className="icon-button" aria-label={label} title={label} onClick={() => void nextTheme()}>
      <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
        <path d={PATHS[theme]} />
      </svg>
    </button>
  )
}
