import { useEffect, useMemo, useState } from 'react'
import { FilterBar } from '../../filters/filter-bar.tsx'
import { navigate, readState, withKey } from '../../queries/page-state.ts'
import type { DashboardInfo, Project } from '../../queries/project.ts'
import { isTimed } from '../../queries/widget-queries.ts'
import { takenNames } from '../builder-actions.tsx'
import { findWidget, freshKey, type Target } from '../editing/edit.ts'
import { forgetDraft } from '../editing/kept-draft.ts'
import { type Editor as Editing, useEditor } from '../editing/use-editor.ts'
import { EditorGrid } from '../grid/editor-grid.tsx'
import { SettingsPanel } from '../panel/settings-panel.tsx'
import { WidgetPanel } from '../panel/widget-panel.tsx'
import type { SavedDashboard } from '../saved-dashboard.ts'
import { LeaveDialog, SaveFailure } from './editor-dialogs.tsx'
import { EditorHeader } from './editor-header.tsx'
import { BroughtBack, Problems } from './notes.tsx'
import { useEditorKeys } from './use-editor-keys.ts'
import { useLeaving } from './use-leaving.ts'
import { useSaving } from './use-saving.ts'

interface Props {
  readonly project: Project
  readonly saved: SavedDashboard
  /** What is saved, as it is drawn. */
  readonly page: DashboardInfo
  readonly search: string
  /** Under what name unsaved changes are kept. */
  readonly keep: string
  readonly onSaved: (dashboard: SavedDashboard) => void
}

type Panel =
  | { readonly kind: 'new'; readonly to: Target | null }
  | { readonly kind: 'settings' }
  | { readonly kind: 'widget'; readonly key: string }

/** Changes a dashboard: by pointer, by key, with the way back; what it will look like is there at once. */
export function Editor({ project, saved, page, search, keep, onSaved }: Props) {
  const editor = useEditor({ keep, saved: saved.definition, changedAt: saved.changed_at })
  const [panel, setPanel] = useState<Panel | null>(editor.edited.rows.length === 0 ? { kind: 'new', to: null } : null)
  const [said, setSaid] = useState('')
  const leaving = useLeaving(editor.isChanged)
  const saving = useSaving({
    ...{ saved, editor, keep, taken: takenNames(project) },
    onSaved: (next) => {
      leaving.free()
      onSaved(next)
    },
  })
  const { edited, edit, drawn } = editor
  const drawnPage = drawn.dashboard === null ? page : { ...drawn.dashboard, name: page.name, path: page.path }
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what the state is read from makes it another one.
  const state = useMemo(
    () => readState(search, drawnPage, project),
    [search, project, drawnPage.range, drawnPage.compare, JSON.stringify(drawnPage.filters)],
  )
  const widgets = [...drawn.widgets.values()]
  const metrics = [...new Set(widgets.flatMap(({ query }) => query?.metrics ?? []))]
  const refusal = refusalOf(editor)
  const save = () => refusal === null && void saving.save()
  const opened = panel?.kind === 'widget' ? findWidget(edited, panel.key) : undefined
  const close = () => setPanel(null)
  const discard = () => {
    leaving.free()
    forgetDraft(keep)
  }
  useEditorKeys({ undo: editor.undo, redo: editor.redo, save })
  useEffect(() => {
    document.title = `Editing ${edited.settings.title} · ${project.name}`
  }, [edited.settings.title, project])
  return (
    <main className="page editor" id="content" data-panel={panel !== null}>
      <EditorHeader
        {...{ editor, refusal, busy: saving.busy }}
        onAdd={() => setPanel({ kind: 'new', to: null })}
        onSettings={() => setPanel({ kind: 'settings' })}
        onSave={save}
        onCancel={() => navigate(saved.id === 'new' ? '/' : withKey(`/my/${saved.id}`, search, 'edit', null))}
      />
      {editor.broughtBack !== null && <BroughtBack at={editor.broughtBack} onDiscard={editor.discard} />}
      <Problems
        problems={drawn.problems.filter(({ key }) => key === null || !drawn.isCurrent)}
        onShow={(key) => setPanel({ kind: 'widget', key })}
      />
      {widgets.length > 0 && (
        <FilterBar
          {...{ page: drawnPage, state, project, metrics }}
          timed={widgets.some(({ query }) => isTimed(query, project.metrics))}
          extra={{ edit: '1' }}
        />
      )}
      <div className="editor-body">
        <EditorGrid
          {...{ editor, project, state, say: setSaid }}
          chosen={panel?.kind === 'widget' ? panel.key : null}
          onOpen={(key) => setPanel({ kind: 'widget', key })}
          onAdd={(to) => setPanel({ kind: 'new', to })}
        />
        {panel?.kind === 'new' && (
          <WidgetPanel
            {...{ project, state, definition: null, problem: null, onClose: close }}
            onChange={(definition) => {
              const key = freshKey(edited, 'w')
              edit({ type: 'add', definition, key, to: panel.to ?? { kind: 'new_row', index: edited.rows.length } })
              setPanel({ kind: 'widget', key })
              setSaid('Widget added')
            }}
          />
        )}
        {opened !== undefined && (
          <WidgetPanel
            key={opened.key}
            {...{ project, state, definition: opened.definition, onClose: close }}
            problem={drawn.problems.find(({ key }) => key === opened.key) ?? null}
            onChange={(definition) => edit({ type: 'change', widget: opened.key, definition })}
          />
        )}
        {panel?.kind === 'settings' && (
          <SettingsPanel
            {...{ project, metrics, settings: edited.settings, origin: saved.origin, onClose: close }}
            onChange={(settings) => edit({ type: 'set', settings })}
          />
        )}
      </div>
      <div className="sr-only" role="status" aria-live="polite">
        {said}
      </div>
      {leaving.go !== null && <LeaveDialog {...{ leaving, refusal }} save={() => saving.save()} discard={discard} />}
      {saving.failure !== null && <SaveFailure saving={saving} onDiscard={discard} />}
    </main>
  )
}

/** Why it cannot be saved now. */
function refusalOf({ edited, drawn, isChanged }: Editing): string | null {
  if (edited.settings.title.trim() === '') return 'Give it a title first'
  if (edited.rows.length === 0) return 'Add a widget first'
  if (!isChanged) return 'Nothing has changed'
  const wrong = drawn.problems.filter(({ severity, key }) => severity === 'error' && key !== null)
  return drawn.isCurrent && wrong.length > 0 ? 'Mend what is wrong first' : null
}
