import { say, sayFailure } from '../../frame/toasts.tsx'
import { useStore } from '../../queries/external-store.ts'
import { changePreferences, type Preferences, preferences, type Theme } from '../../queries/preferences.ts'
import type { Project } from '../../queries/project.ts'
import { SelectField } from '../parts/field.tsx'
import { Section } from '../parts/section.tsx'

/** What the server keeps beside what the frame of the page knows of. */
type Display = Preferences & {
  readonly timezone?: string
  readonly locale?: string
  readonly default_page?: string
}

const THEMES: readonly (readonly [Theme, string])[] = [
  ['system', 'As the system has it'],
  ['light', 'Light'],
  ['dark', 'Dark'],
]
const LOCALES = [
  ['browser', 'As the browser has it'],
  ['en-US', 'English (1,234.5)'],
  ['en-GB', 'English, UK (1,234.5)'],
  ['de', 'German (1.234,5)'],
  ['fr', 'French (1 234,5)'],
  ['de-CH', 'Swiss German (1’234.5)'],
  ['ja', 'Japanese (1,234.5)'],
] as const

/** How the pages look to this person, kept with the account. */
export function DisplaySettings({ project }: { readonly project: Project }) {
  const {
    theme = 'system',
    timezone = 'project',
    locale = 'browser',
    default_page = '/',
  } = useStore(preferences) as Display
  const set = (change: Display) => {
    changePreferences(change).then(() => say('Saved.'), sayFailure)
  }
  return (
    <Section title="Display" text="Saved as you choose; they go with you to every browser.">
      <div className="form form-grid">
        <SelectField label="Theme" value={theme} options={THEMES} onChange={(value) => set({ theme: value })} />
        <SelectField
          label="Times are shown in"
          value={timezone}
          options={zonesOf(project, timezone)}
          hint="Days of charts stay those of the project, so that everybody sees the same figures."
          onChange={(value) => set({ timezone: value })}
        />
        <SelectField
          label="Numbers are written as in"
          value={locale}
          options={LOCALES.some(([name]) => name === locale) ? LOCALES : [...LOCALES, [locale, locale] as const]}
          onChange={(value) => set({ locale: value })}
        />
        <SelectField
          label="Page to begin with"
          value={default_page}
          options={[
            ['/', 'The first of the project'],
            ...project.dashboards.filter(({ path }) => path !== '/').map(({ path, title }) => [path, title] as const),
          ]}
          onChange={(value) => set({ default_page: value })}
        />
      </div>
    </Section>
  )
}

function zonesOf(project: Project, chosen: string): readonly (readonly [string, string])[] {
  const browser = Intl.DateTimeFormat().resolvedOptions().timeZone
  const known = ['project', 'browser']
  const all = Intl.supportedValuesOf('timeZone').map((zone) => [zone, zone] as const)
  return [
    ['project', `The project’s time zone (${project.timezone})`],
    ['browser', `This browser’s time zone (${browser})`],
    ...all,
    ...(known.includes(chosen) || all.some(([zone]) => zone === chosen) ? [] : [[chosen, chosen] as const]),
  ]
}
