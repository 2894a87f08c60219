import { useStore } from '../../queries/external-store.ts'
import { preferences } from '../../queries/preferences.ts'
import type { Project } from '../../queries/project.ts'

export interface Times {
  readonly zone: string
  /** An instant, to the minute. */
  readonly at: (time: string | null) => string
  /** How long ago it was, or is to come. */
  readonly ago: (time: string | null) => string
}

/** Instants as the person wants to see them: in the project's time zone, the browser's or another. */
export function useTimes(project: Project): Times {
  const { timezone = 'project' } = useStore(preferences) as { readonly timezone?: string }
  const zone = zoneOf(timezone, project)
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    dateStyle: 'medium',
    timeStyle: 'short',
    hourCycle: 'h23',
  })
  return {
    zone,
    at: (time) => (time === null ? '—' : format.format(new Date(time))),
    ago: (time) => (time === null ? 'never' : agoText(Date.parse(time) - Date.now())),
  }
}

function zoneOf(preference: string, project: Project): string {
  if (preference === 'project') return project.timezone
  return preference === 'browser' ? Intl.DateTimeFormat().resolvedOptions().timeZone : preference
}

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
]
const relative = new Intl.RelativeTimeFormat('en-US', { numeric: 'auto' })

export function agoText(millis: number): string {
  const [unit, size] = UNITS.find(([, size]) => Math.abs(millis) >= size) ?? ['second', 1000]
  return Math.abs(millis) < 45_000 ? 'just now' : relative.format(Math.round(millis / size), unit)
}
