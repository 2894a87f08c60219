import { useEffect, useState } from 'react'
import { CopyButton } from '../../components/copy-button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Skeleton } from '../../components/states.tsx'
import { useStore } from '../../queries/external-store.ts'
import {
  type ExportedDashboard,
  exportDashboard,
  type PersonalOutline,
  personalDashboards,
} from '../../queries/personal-dashboards.ts'
import { saveText } from '../../trace/export-configuration.ts'
import { Problems } from '../editor/notes.tsx'
import { ProposeForm } from './propose-form.tsx'

interface Props {
  readonly dashboard: PersonalOutline
  readonly onClose: () => void
}

/** A dashboard as a change of the project: to be copied, saved, applied, or proposed. */
export function ExportDialog({ dashboard, onClose }: Props) {
  const [change, setChange] = useState<ExportedDashboard | Error | null>(null)
  useEffect(() => {
    exportDashboard(dashboard.id).then(setChange, setChange)
  }, [dashboard.id])
  return (
    <Dialog title={`Export “${dashboard.title}”`} className="dialog-wide" onClose={onClose}>
      {change === null && <Skeleton height={320} />}
      {change instanceof Error && <p role="alert">{change.message}</p>}
      {change !== null && !(change instanceof Error) && <Exported dashboard={dashboard} change={change} />}
    </Dialog>
  )
}

interface ExportedProps {
  readonly dashboard: PersonalOutline
  readonly change: ExportedDashboard
}

function Exported({ dashboard, change: { file, content, patch, kind, diagnostics } }: ExportedProps) {
  const [shown, setShown] = useState<'content' | 'patch'>(kind === 'change' && patch !== '' ? 'patch' : 'content')
  const { pullRequests } = useStore(personalDashboards)
  const isSound = diagnostics.every(({ severity }) => severity !== 'error')
  const patchName = `${dashboard.name}.patch`
  const text = shown === 'patch' ? patch : content
  return (
    <>
      <p className="export-what">
        {kind === 'change' ? 'It changes' : 'It adds'} <code>{file}</code>
        {kind === 'change' ? ', the file of the dashboard it is a copy of. Comments and layout stay.' : '.'}
      </p>
      <Problems problems={diagnostics.map((one) => ({ ...one, key: null }))} />
      <div className="export-tools">
        <div className="segmented">
          {(['content', 'patch'] as const).map((name) => (
            <button
              key={name}
              type="button"
              className="segment"
              aria-pressed={shown === name}
              onClick={() => setShown(name)}
            >
              {name === 'content' ? 'YAML file' : 'Patch'}
            </button>
          ))}
        </div>
        <CopyButton label="Copy" text={() => text} />
        <button
          type="button"
          className="button"
          onClick={() => saveText(shown === 'patch' ? patchName : (file.split('/').at(-1) ?? file), text)}
        >
          Download
        </button>
      </div>
      {text === '' ? (
        <p className="state-text">Nothing differs from the project.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by key.
        <pre className="code export-code" tabIndex={0}>
          {text}
        </pre>
      )}
      <h3 className="dialog-part">What to do next</h3>
      <ol className="export-steps">
        <li>
          In the folder of the project: <code>git apply {patchName}</code>
          {kind === 'addition' && (
            <>
              , or save the YAML file as <code>{file}</code>
            </>
          )}
          .
        </li>
        <li>
          Check it with <code>metrics validate</code>, and look at it with <code>metrics dev</code>.
        </li>
        <li>Commit it and open a pull request: it is reviewed as every other change is.</li>
      </ol>
      {pullRequests && patch !== '' && isSound && <ProposeForm dashboard={dashboard} kind={kind} />}
    </>
  )
}
