import { useState } from 'react'
import { Dialog } from '../../components/dialog.tsx'
import { TextField } from '../parts/field.tsx'
import { send } from '../parts/send.ts'
import { useAction } from '../parts/use-action.ts'
import { readAddresses } from './recipients.tsx'
import type { Run } from './report-history.tsx'

interface Props {
  readonly run: Run
  readonly title: string
  /** The instant that the report is about. */
  readonly period: string
  readonly onSent: () => Promise<void>
  readonly onClose: () => void
}

/** Asks to whom a report is sent again, before it is. */
export function Resend({ run: { id, sent_to }, title, period, onSent, onClose }: Props) {
  const [text, setText] = useState('')
  const { busy, error, run } = useAction()
  const { list, wrong } = readAddresses(text)
  const before = sent_to?.join(', ') || 'its usual receivers'
  const resend = async () => {
    const path = `/api/v1/report-runs/${id}/resend`
    const made = await send<Run>('POST', path, list.length === 0 ? {} : { recipients: list })
    if (made.error !== null) throw new Error(made.error)
  }
  const go = async () => {
    if (!(await run(resend, `${title} is on its way again.`))) return
    onClose()
    await onSent()
  }
  return (
    <Dialog title={`Re-send ${title}?`} className="dialog-small" onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          void go()
        }}
      >
        <p className="dialog-text">
          It is the report as of {period}, not one of today. It goes to {list.length === 0 ? before : list.join(', ')}.
        </p>
        <TextField
          label="Send it by e-mail to others instead"
          placeholder="mia@example.org, leads@example.org"
          value={text}
          onChange={setText}
          error={wrong}
        />
        {error !== null && (
          <p className="field-error" role="alert">
            {error.message}
          </p>
        )}
        <div className="form-buttons">
          <button type="submit" className="button button-primary" disabled={busy || wrong !== null}>
            Re-send
          </button>
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  )
}
