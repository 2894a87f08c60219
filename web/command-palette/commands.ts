import { customise } from '../frame/customise.tsx'
import { nextTheme } from '../frame/theme-switch.tsx'
import { PAGES } from '../pages/page-table.ts'
import { PRESETS } from '../queries/date-range.ts'
import { setLive } from '../queries/freshness.ts'
import { carriedSearch, type Defaults, navigate, readState, searchOf } from '../queries/page-state.ts'
import { personalDashboards } from '../queries/personal-dashboards.ts'
import type { DashboardInfo, Project } from '../queries/project.ts'

/** Something that can be found and done. */
export interface Command {
  readonly id: string
  readonly group: 'Pages' | 'Metrics' | 'Time' | 'Rows' | 'Actions'
  readonly label: string
  readonly detail: string
  /** Further words it is found by. */
  readonly words: string
  readonly run: () => void
}

interface Context {
  readonly project: Project
  readonly dashboard: DashboardInfo | undefined
  readonly search: string
  readonly onHelp: () => void
  readonly onScreen: () => void
}

/** Everything that can be reached from here. */
export function commandsOf(context: Context): readonly Command[] {
  return [...pages(context), ...times(context), ...metrics(context), ...rows(context), ...actions(context)]
}

function pages({ project, search }: Context): readonly Command[] {
  const dashboards = project.dashboards.map(
    (page): Command => ({
      id: `page ${page.name}`,
      group: 'Pages',
      label: page.title,
      detail: page.description,
      words: page.name,
      run: () => navigate(`${page.path}${carriedSearch(search, page, project)}`),
    }),
  )
  const others = PAGES.flatMap(({ title, name, path }): Command[] =>
    title === undefined
      ? []
      : [{ id: `page ${name}`, group: 'Pages', label: title, detail: '', words: name, run: () => navigate(path) }],
  )
  const own = personalDashboards.get().dashboards.map(
    ({ id, title, mine, owner }): Command => ({
      id: `own ${id}`,
      group: 'Pages',
      label: title,
      detail: mine ? 'Made by you' : `Shared by ${owner}`,
      words: 'my personal dashboard',
      run: () => navigate(`/my/${id}`),
    }),
  )
  const fresh: Command = {
    id: 'own new',
    group: 'Pages',
    label: 'New dashboard',
    detail: 'Build a page of your own',
    words: 'create add build personal my',
    run: () => navigate('/my/new'),
  }
  return [...dashboards, ...own, ...others, fresh]
}

function times({ project, dashboard, search }: Context): readonly Command[] {
  if (dashboard === undefined) return []
  const page: Defaults = dashboard
  const state = readState(search, page, project)
  return PRESETS.map(
    ({ name, label, long }): Command => ({
      id: `range ${name}`,
      group: 'Time',
      label: long,
      detail: 'Date range',
      words: `${label} range date`,
      run: () => navigate(`${location.pathname}${searchOf({ ...state, preset: name }, page)}`),
    }),
  )
}

/** A metric leads to its entry in the catalogue. */
function metrics({ project }: Context): readonly Command[] {
  return project.metrics.map((metric): Command => {
    const page = project.dashboards.find(({ rows: list }) =>
      list.some(({ widgets }) => widgets.some(({ query }) => query?.metrics?.includes(metric.name))),
    )
    return {
      id: `metric ${metric.name}`,
      group: 'Metrics',
      label: metric.label,
      detail: page === undefined ? metric.description : `On ${page.title}`,
      words: [metric.name, ...(metric.synonyms ?? [])].join(' '),
      run: () => navigate(`/catalogue/metric/${metric.name}`),
    }
  })
}

function rows({ project }: Context): readonly Command[] {
  return project.models
    .filter(({ detail }) => detail !== null && detail.steps !== null)
    .map(({ name, label, description }) => ({
      id: `rows ${name}`,
      group: 'Rows',
      label: `List ${label.toLowerCase()}`,
      detail: description,
      words: `${name} records rows log`,
      run: () => navigate(`/records/${name}`),
    }))
}

function actions({ onHelp, onScreen, dashboard, project, search }: Context): readonly Command[] {
  const action = (id: string, label: string, words: string, run: () => void): Command => ({
    id: `action ${id}`,
    group: 'Actions',
    label,
    detail: '',
    words,
    run,
  })
  const state = dashboard && readState(search, dashboard, project)
  return [
    ...(dashboard && state && state.filters.length > 0
      ? [
          action('reset', 'Reset filters', 'clear remove', () =>
            navigate(`${location.pathname}${searchOf({ ...state, filters: [] }, dashboard)}`),
          ),
        ]
      : []),
    ...(dashboard === undefined
      ? []
      : [action('customise', 'Customise this dashboard', 'edit copy own my', () => void customise(dashboard.name))]),
    action('theme', 'Change theme', 'dark light system colour', () => void nextTheme()),
    action('screen', 'Full screen', 'tv wall', onScreen),
    action('print', 'Print or save as PDF', 'export', () => setTimeout(print, 100)),
    action('live', 'Hold the page still', 'pause live refresh', () => setLive(false)),
    action('follow', 'Follow the data', 'resume live refresh', () => setLive(true)),
    action('keys', 'Keyboard shortcuts', 'help', onHelp),
  ]
}

/** Those that have every word, best first: a label that begins with the words, then one that has them. */
export function findCommands(commands: readonly Command[], text: string): readonly Command[] {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return commands.filter(({ group }) => group !== 'Metrics')
  const scored = commands.flatMap((command) => {
    const label = command.label.toLowerCase()
    const all = `${label} ${command.words} ${command.group}`.toLowerCase()
    if (!words.every((word) => all.includes(word))) return []
    const score = label.startsWith(words.join(' ')) ? 0 : words.every((word) => label.includes(word)) ? 1 : 2
    return [{ command, score }]
  })
  return scored.sort((a, b) => a.score - b.score).map(({ command }) => command)
}
