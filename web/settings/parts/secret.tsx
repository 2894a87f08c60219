import { CopyButton } from '../../components/copy-button.tsx'
import { Dialog } from '../../components/dialog.tsx'

interface Props {
  readonly title: string
  readonly text: string
  readonly secret: string
  readonly onClose: () => void
}

/** Something that is shown this once. */
export function SecretDialog({ title, text, secret, onClose }: Props) {
  return (
    <Dialog title={title} className="dialog-small" onClose={onClose}>
      <p className="dialog-text">{text}</p>
      <div className="secret">
        <code>{secret}</code>
        <CopyButton label="Copy" text={() => secret} />
      </div>
      <div className="form-buttons">
        <button type="button" className="button button-primary" onClick={onClose}>
          Done
        </button>
      </div>
    </Dialog>
  )
}

/** Links of the server as people of another machine open them. */
export const absolute = (href: string): string => new URL(href, location.href).href
