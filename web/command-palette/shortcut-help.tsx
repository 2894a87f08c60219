import { Dialog } from '../components/dialog.tsx'
import type { Project } from '../queries/project.ts'
import { goKeys } from './use-shortcuts.ts'

interface Props {
  readonly project: Project
  readonly onClose: () => void
}

export function ShortcutHelp({ project, onClose }: Props) {
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose}>
      <dl className="shortcuts">
        <Shortcut keys={['Ctrl', 'K']} text="Search pages, metrics and actions (⌘ K on a Mac)" />
        <Shortcut keys={['/']} text="Search" />
        <Shortcut keys={['?']} text="This list" />
        <Shortcut keys={['f']} text="Full screen" />
        <Shortcut keys={['n']} text="New dashboard" />
        <Shortcut keys={['Esc']} text="Close what is open" />
        {goKeys(project.dashboards).map(({ key, page }) => (
          <Shortcut key={key} keys={['g', key]} text={page.title} />
        ))}
      </dl>
    </Dialog>
  )
}

function Shortcut({ keys, text }: { readonly keys: readonly string[]; readonly text: string }) {
  return (
    <div>
      <dt>
        {keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dt>
      <dd>{text}</dd>
    </div>
  )
}
