import { useState } from 'react'
import { changeDashboard } from '../../queries/personal-dashboards.ts'
import { isReadable, type SavedDashboard } from '../saved-dashboard.ts'
import { Ask } from './ask.tsx'

interface Props {
  readonly dashboard: SavedDashboard
  readonly onChanged: (dashboard: SavedDashboard) => void
  readonly onClose: () => void
}

export function RenameDialog({ dashboard, onChanged, onClose }: Props) {
  const { id, definition, changed_at } = dashboard
  const [title, setTitle] = useState(definition.title)
  const rename = async () => {
    if (title.trim() === '') throw new Error('Say what it is called.')
    const changed = await changeDashboard(id, { definition: { ...definition, title: title.trim() }, changed_at })
    if (isReadable(changed)) onChanged(changed)
  }
  return (
    <Ask title="Rename" ways={[{ label: 'Rename', kind: 'primary', run: rename }]} onClose={onClose}>
      <label className="field">
        Title
        <input maxLength={200} value={title} onChange={({ target }) => setTitle(target.value)} />
      </label>
    </Ask>
  )
}
