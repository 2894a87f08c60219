import { useState } from 'react'
import { type MenuItem, MenuItems } from '../components/menu-items.tsx'
import { Popover } from '../components/popover.tsx'
import { say, sayFailure } from '../frame/toasts.tsx'
import { navigate, withKey } from '../queries/page-state.ts'
import {
  changeDashboard,
  createDashboard,
  deleteDashboard,
  nameFor,
  personalDashboards,
} from '../queries/personal-dashboards.ts'
import type { Project } from '../queries/project.ts'
import { Ask } from './dialogs/ask.tsx'
import { ExportDialog } from './dialogs/export-dialog.tsx'
import { RenameDialog } from './dialogs/rename-dialog.tsx'
import { isReadable, type SavedDashboard } from './saved-dashboard.ts'

interface Props {
  readonly dashboard: SavedDashboard
  readonly project: Project
  readonly onChanged: (dashboard: SavedDashboard) => void
}

/** What can be done with a personal dashboard, beside what can be done with every page. */
export function BuilderActions({ dashboard, project, onChanged }: Props) {
  const [shown, setShown] = useState<'export' | 'delete' | 'rename' | null>(null)
  const { id, mine, shared, owner, definition, title } = dashboard
  const close = () => setShown(null)
  const share = async () => {
    const changed = await changeDashboard(id, { definition, shared: !shared })
    if (isReadable(changed)) onChanged(changed)
    say(changed.shared ? 'Everybody in your organisation sees it now' : 'Only you see it now')
  }
  const duplicate = async () => {
    const name = nameFor(`${definition.title} copy`, takenNames(project))
    const copy = { ...definition, name, path: undefined, title: `${definition.title} (copy)` }
    const made = await createDashboard({ definition: JSON.parse(JSON.stringify(copy)) })
    navigate(`/my/${made.id}?edit=1`)
  }
  const remove = async () => {
    await deleteDashboard(id)
    navigate('/')
    say(`Deleted “${title}”`)
  }
  const isViewer = project.caller.role === 'viewer'
  const items: readonly MenuItem[] = [
    ...(mine ? [['Rename', () => setShown('rename')] as const] : []),
    ...(mine && !(isViewer && !shared)
      ? [[shared ? 'Stop sharing' : 'Share in the organisation', () => void share().catch(sayFailure)] as const]
      : []),
    [mine ? 'Duplicate' : 'Make a copy of my own', () => void duplicate().catch(sayFailure)],
    ...(mine ? [['Export as YAML', () => setShown('export')] as const] : []),
    ...(mine || project.caller.role === 'admin' ? [['Delete', () => setShown('delete')] as const] : []),
  ]
  return (
    <>
      <span className="owner-note">{mine ? (shared ? 'Shared' : 'Only you see this') : `Shared by ${owner}`}</span>
      {mine && (
        <button
          type="button"
          className="button"
          onClick={() => navigate(withKey(`/my/${id}`, location.search, 'edit', '1'))}
        >
          Edit
        </button>
      )}
      <Popover
        align="end"
        className="icon-button"
        name="Menu of this dashboard"
        label={
          <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d="M5 12h.010M12 12h.010M19 12h.010" />
          </svg>
        }
      >
        {(closeMenu) => <MenuItems items={items} close={closeMenu} />}
      </Popover>
      {shown === 'export' && <ExportDialog dashboard={dashboard} onClose={close} />}
      {shown === 'rename' && <RenameDialog dashboard={dashboard} onChanged={onChanged} onClose={close} />}
      {shown === 'delete' && (
        <Ask
          title={`Delete “${title}”?`}
          ways={[
            { label: 'Delete', kind: 'danger', run: remove },
            { label: 'Cancel', run: close },
          ]}
          onClose={close}
        >
          It cannot be brought back{shared ? ', and those it is shared with lose it, too' : ''}. Export it before if it
          may be wanted again.
        </Ask>
      )}
    </>
  )
}

/** Names that a new dashboard cannot have in files. */
export const takenNames = (project: Project): readonly string[] => [
  ...project.dashboards.map(({ name }) => name),
  ...personalDashboards.get().dashboards.map(({ name }) => name),
]
