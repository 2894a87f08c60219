import { useEffect, useState } from 'react'
import type { Widget } from '../../runtime/definitions/index.ts'
import { exportChart } from '../charts/export-chart.ts'
import { copyText } from '../components/copy-text.ts'
import { Dialog } from '../components/dialog.tsx'
import { type MenuItem, MenuItems } from '../components/menu-items.tsx'
import { Popover } from '../components/popover.tsx'
import { toYaml } from '../components/to-yaml.ts'
import { Feedback } from '../frame/feedback.tsx'
import { say, sayFailure } from '../frame/toasts.tsx'
import { navigate, type PageState, searchOf } from '../queries/page-state.ts'
import type { DashboardInfo, Project, WidgetInfo } from '../queries/project.ts'
import { widgetQueries } from '../queries/widget-queries.ts'
import { saveText } from '../trace/export-configuration.ts'
import { exportCsv } from './export-csv.ts'
import { QueryDetails } from './query-details.tsx'

interface Props {
  readonly widget: WidgetInfo
  readonly dashboard: DashboardInfo
  readonly state: PageState
  readonly project: Project
}

const HAS_PICTURE = new Set(['line', 'area', 'bar', 'donut', 'gauge', 'map', 'funnel'])

type Shown = 'yaml' | 'sql' | 'feedback' | 'save' | null

/** What can be done with a widget, and which of the page's filters it does not take. */
export function WidgetMenu({ widget, dashboard, state, project }: Props) {
  const [shown, setShown] = useState<Shown>(null)
  const { queries, ignored } = widgetQueries(widget, state, project)
  const [query] = queries
  const close = () => setShown(null)
  const items: readonly MenuItem[] = [
    ['View YAML', () => setShown('yaml')],
    ...(query === undefined
      ? []
      : ([
          ['View SQL and stored aggregate', () => setShown('sql')],
          ['Export CSV', () => void exportCsv(widget, query, project).then(say, sayFailure)],
          ...(HAS_PICTURE.has(widget.definition.type)
            ? ([['Export PNG', (button) => void savePicture(button, widget.title)]] as [
                string,
                (button: HTMLElement) => void,
              ][])
            : []),
          ['Open in explorer', () => navigate(exploreHref(widget, dashboard, state))],
        ] as const)),
    ['Add to a dashboard of mine', () => setShown('save')],
    ['Copy link', () => void copyText(linkTo(widget)).then((done) => say(done ? 'Link copied' : linkTo(widget)))],
    ['Full screen', (button) => void button.closest('.card')?.requestFullscreen?.().catch(sayFailure)],
    ['Print', () => setTimeout(print, 100)],
    ['Give feedback', () => setShown('feedback')],
  ]
  return (
    <span className="widget-tools" data-widget={widget.id} data-dashboard={dashboard.name}>
      {ignored.length > 0 && <Ignored labels={ignored.map(({ label }) => label)} />}
      <Popover
        align="end"
        className="icon-button widget-menu-button"
        name={`Menu of ${widget.title || 'this widget'}`}
        label={
          <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d="M5 12h.010M12 12h.010M19 12h.010" />
          </svg>
        }
      >
        {(closeMenu) => <MenuItems items={items} close={closeMenu} />}
      </Popover>
      {shown === 'yaml' && <YamlDialog widget={widget} dashboard={dashboard} onClose={close} />}
      {shown === 'sql' && query !== undefined && (
        <QueryDetails title={widget.title} query={query} project={project} onClose={close} />
      )}
      {shown === 'save' && <SaveWidget {...{ widget, project, onClose: close }} />}
      {shown === 'feedback' && (
        <Feedback page={dashboard.path} widget={widget.id} title={widget.title} onClose={close} />
      )}
    </span>
  )
}

interface SaveProps extends Pick<Props, 'widget' | 'project'> {
  readonly onClose: () => void
}

/** Its code is fetched when somebody wants it. */
function SaveWidget({ widget, project, onClose }: SaveProps) {
  const [{ SaveWidgetDialog }, setCode] = useState<Partial<typeof import('../explorer/save-widget-dialog.tsx')>>({})
  useEffect(() => {
    import('../explorer/save-widget-dialog.tsx').then(setCode, sayFailure)
  }, [])
  if (SaveWidgetDialog === undefined) return null
  const { roles: _roles, ...definition } = widget.definition
  return <SaveWidgetDialog {...{ project, onClose }} definition={definition as Widget} title={widget.title} />
}

function Ignored({ labels }: { readonly labels: readonly string[] }) {
  const text = `not filtered by ${labels.map((label) => label.toLowerCase()).join(', ')}`
  const title = `${labels.join(', ')}: the metrics of this widget do not have ${labels.length === 1 ? 'it' : 'them'}, so all rows count.`
  return (
    <span className="widget-note" title={title}>
      {text}
    </span>
  )
}

function linkTo({ id }: WidgetInfo): string {
  return `${location.origin}${location.pathname}${location.search}#${encodeURIComponent(id)}`
}

/** The widget as a question of the explorer, with the time and filters of the page. */
function exploreHref({ query, definition }: WidgetInfo, dashboard: DashboardInfo, state: PageState): string {
  const { metrics = [], by = [], grain, where } = query ?? {}
  const asked = { metrics: metrics.join(','), by: by.join(',') || undefined, grain, where, type: definition.type }
  return `/explore${searchOf(state, { ...dashboard, range: '30d', compare: 'none' }, asked)}`
}

interface YamlProps {
  readonly widget: WidgetInfo
  readonly dashboard: DashboardInfo
  readonly onClose: () => void
}

function YamlDialog({ widget, dashboard, onClose }: YamlProps) {
  const yaml = toYaml([widget.definition])
  return (
    <Dialog
      title={widget.title || 'Text'}
      onClose={onClose}
      actions={
        <>
          <button type="button" className="button" onClick={() => void copyText(yaml).then(() => say('Copied'))}>
            Copy
          </button>
          <button type="button" className="button" onClick={() => saveText(`${widget.id}.yml`, yaml)}>
            Save
          </button>
        </>
      }
    >
      {dashboard.source !== undefined && (
        <p className="options-note">
          Declared in {dashboard.source.file}, dashboard {dashboard.name}.
        </p>
      )}
      <pre className="code">{yaml}</pre>
    </Dialog>
  )
}

async function savePicture(button: HTMLElement, title: string) {
  const card = button.closest<HTMLElement>('.card')
  const saved = card !== null && (await exportChart(card, title).catch(() => false))
  say(saved ? 'Picture saved' : 'There is no picture to save: show the chart first')
}
