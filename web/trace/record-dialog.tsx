import { Dialog } from '../components/dialog.tsx'
import { Link } from '../components/link.tsx'
import type { DetailInfo, ModelInfo, Project } from '../queries/project.ts'
import { recordHref } from './record-page.tsx'
import { RecordView } from './record-view.tsx'

interface Props {
  readonly model: ModelInfo
  readonly detail: DetailInfo
  readonly recordKey: string
  readonly project: Project
  readonly onClose: () => void
}

/** One row over the list it comes from. */
export function RecordDialog({ model, detail, recordKey, project, onClose }: Props) {
  return (
    <Dialog
      title={`${model.label}: ${recordKey}`}
      className="dialog-wide"
      onClose={onClose}
      actions={
        <Link className="button" href={recordHref(model.name, recordKey)}>
          Open as page
        </Link>
      }
    >
      <RecordView model={model} detail={detail} recordKey={recordKey} project={project} />
    </Dialog>
  )
}
