import { fullName, writtenName } from '../../explorer/chart-fit.ts'
import { Picker } from '../../explorer/picker.tsx'
import type { Definition } from '../../queries/personal-dashboards.ts'
import type { Compare, Preset, Project } from '../../queries/project.ts'
import { Panel } from './panel.tsx'

type Settings = Omit<Definition, 'rows'>

interface Props {
  readonly project: Project
  readonly settings: Settings
  /** The dashboard of the project that it is a copy of. */
  readonly origin: string | null
  /** Metrics on the page: filters are dimensions that they have. */
  readonly metrics: readonly string[]
  readonly onChange: (settings: Partial<Settings>) => void
  readonly onClose: () => void
}

const RANGES = { today: 'Today', '7d': '7 days', '30d': '30 days', '90d': '90 days', '12m': '12 months' } as const
const COMPARES = { previous_period: 'The period before', previous_year: 'The year before', none: 'Nothing' } as const

const ICONS = ['overview', 'usage', 'performance', 'cost', 'security', 'team', 'star', 'settings', 'explore', 'page']

/** What a page is called, and what it begins with. */
export function SettingsPanel({ project, settings, origin, metrics, onChange, onClose }: Props) {
  const shown = project.metrics.filter(({ name }) => metrics.includes(name))
  const dimensions = new Set(shown.flatMap((metric) => metric.dimensions))
  const isOrigin = origin !== null && settings.name === origin
  return (
    <Panel title="Dashboard settings" onClose={onClose}>
      <label className="field">
        Description
        <textarea
          rows={3}
          value={settings.description ?? ''}
          placeholder="The question it answers"
          onChange={({ target }) => onChange(optional('description', target.value))}
        />
      </label>
      <label className="field">
        Icon
        <select value={settings.icon ?? ''} onChange={({ target }) => onChange(optional('icon', target.value))}>
          <option value="">By its name</option>
          {ICONS.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <label className="field">
        Name in files
        <input
          value={settings.name}
          pattern="[a-z][a-z0-9_]*"
          onChange={({ target }) => onChange(renamed(settings, target.value))}
        />
      </label>
      {origin !== null && (
        <p className="options-note">
          {isOrigin
            ? 'Exporting changes the page it is a copy of. Another name makes it a page of its own.'
            : `Exporting adds a page. Name it ${origin} to change the page it is a copy of.`}
        </p>
      )}
      <label className="field">
        Date range at first
        <select value={settings.range ?? '30d'} onChange={({ target }) => onChange({ range: target.value as Preset })}>
          {Object.entries(RANGES).map(([name, label]) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        Compared with
        <select
          value={settings.compare ?? 'previous_period'}
          onChange={({ target }) => onChange({ compare: target.value as Compare })}
        >
          {Object.entries(COMPARES).map(([name, label]) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <Picker
        title="Filters of this page"
        items={project.dimensions
          .filter(({ name, type }) => dimensions.has(name) && type !== 'time')
          .map(({ name, label, description }) => ({
            name,
            label,
            text: description,
            group: name.split('.')[0] ?? '',
            refusal: null,
          }))}
        chosen={(settings.filters ?? []).map((name) => fullName(name, [...dimensions]))}
        onChange={(filters) => onChange({ filters: filters.map((name) => writtenName(name, [...dimensions])) })}
      />
    </Panel>
  )
}

/** What is empty is left out. */
const optional = (key: 'description' | 'icon', value: string) =>
  ({ [key]: value === '' ? undefined : value }) as Partial<Settings>

/** A page of its own has a path of its own. */
function renamed(settings: Settings, text: string): Partial<Settings> {
  const name = text
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '_')
    .replace(/^[^a-z]+/, '')
  return { name, path: name === settings.name ? settings.path : undefined } as Partial<Settings>
}
