import { useState } from 'react'
import type { Widget } from '../../runtime/definitions/index.ts'
import { CopyButton } from '../components/copy-button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { toYaml } from '../components/to-yaml.ts'
import type { PageState } from '../queries/page-state.ts'
import type { DashboardInfo, Project, WidgetInfo } from '../queries/project.ts'
import { widgetQueries } from '../queries/widget-queries.ts'
import { QueryDetails } from '../widget-menu/query-details.tsx'
import { writtenName } from './chart-fit.ts'
import { commonDimensions } from './question.ts'
import { SaveWidgetDialog } from './save-widget-dialog.tsx'
import { definitionOf, usualWidth, type WidgetForm } from './widget-form.ts'

interface Props {
  readonly form: WidgetForm
  readonly widget: WidgetInfo
  readonly dashboard: DashboardInfo
  readonly state: PageState
  readonly project: Project
}

/** What becomes of a question: a widget, its YAML, its SQL, a link. */
export function ExplorerActions({ form, widget, state, project }: Props) {
  const [shown, setShown] = useState<'save' | 'yaml' | 'sql' | null>(null)
  const close = () => setShown(null)
  const [query] = widgetQueries(widget, state, project).queries
  const definition = writtenWidget(form, widget.title, project)
  const yaml = toYaml([definition])
  return (
    <div className="page-actions">
      <CopyButton label="Copy link" text={() => location.href} />
      <button type="button" className="button" onClick={() => setShown('yaml')}>
        YAML
      </button>
      <button type="button" className="button" onClick={() => setShown('sql')}>
        SQL
      </button>
      <button type="button" className="button button-primary" onClick={() => setShown('save')}>
        Save as widget
      </button>
      {shown === 'save' && <SaveWidgetDialog {...{ definition, project }} title={widget.title} onClose={close} />}
      {shown === 'sql' && query !== undefined && (
        <QueryDetails title={widget.title} {...{ query, project }} onClose={close} />
      )}
      {shown === 'yaml' && (
        <Dialog title={widget.title} onClose={close} actions={<CopyButton label="Copy" text={() => yaml} />}>
          <p className="options-note">As it stands under `widgets:` of a row in a dashboard.</p>
          <pre className="code">{yaml}</pre>
        </Dialog>
      )}
    </div>
  )
}

/** The question as a widget of a file. */
function writtenWidget(form: WidgetForm, title: string, project: Project): Widget {
  const offered = commonDimensions(project.metrics.filter(({ name }) => form.metrics.includes(name)))
  const by = form.by.map((name) => writtenName(name, offered))
  return { ...definitionOf({ ...form, by, title }), width: usualWidth(form.type) } as Widget
}
