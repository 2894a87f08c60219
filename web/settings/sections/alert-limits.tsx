import { useState } from 'react'
import { CopyButton } from '../../components/copy-button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { request } from '../../queries/request.ts'
import { TextField } from '../parts/field.tsx'
import { send } from '../parts/send.ts'
import { useAction } from '../parts/use-action.ts'
import type { AlertInfo } from './alert-info.ts'

interface Props {
  readonly alert: AlertInfo
  readonly onChange: () => Promise<void>
}

/** The limits of an alert and what may be done with them. */
export function AlertLimits({ alert, onChange }: Props) {
  const [open, setOpen] = useState(false)
  const { busy, error, run } = useAction()
  const path = overridePath(alert)
  const reset = () => run(() => send('DELETE', path).then(onChange), 'The limits are those of the file again.')
  if (Object.keys(alert.limits).length === 0) return <span className="rows-text">Has no fixed limit</span>
  if (alert.bounds === null) return <span className="rows-text">Set in its file alone: it has no bounds</span>
  return (
    <div className="rows-actions">
      <button type="button" className="button" aria-label={`Change ${alert.title}`} onClick={() => setOpen(true)}>
        Change …
      </button>
      {alert.override !== null && (
        <>
          <button
            type="button"
            className="button"
            disabled={busy}
            aria-label={`Reset ${alert.title}`}
            onClick={() => void reset()}
          >
            Reset
          </button>
          <CopyButton label="Copy as a patch" text={() => patchOf(alert)} />
        </>
      )}
      {error !== null && (
        <p className="field-error" role="alert">
          {error.message}
        </p>
      )}
      {open && <LimitsDialog alert={alert} onChange={onChange} onClose={() => setOpen(false)} />}
    </div>
  )
}

function LimitsDialog({ alert, onChange, onClose }: Props & { readonly onClose: () => void }) {
  const current: Readonly<Record<string, number>> = { ...alert.limits, ...alert.override?.settings }
  const [values, setValues] = useState<Readonly<Record<string, string>>>(
    Object.fromEntries(Object.entries(current).map(([name, value]) => [name, String(value)])),
  )
  const [reason, setReason] = useState(alert.override?.reason ?? '')
  const { busy, error, run } = useAction()
  const save = async () => {
    const limits = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value)]))
    const work = () => send('PUT', overridePath(alert), { ...limits, reason }).then(onChange)
    if (await run(work, `${alert.title} goes by the new limit.`)) onClose()
  }
  const wrong = Object.values(values).some((value) => value.trim() === '' || Number.isNaN(Number(value)))
  return (
    <Dialog title={`Limits of ${alert.title}`} className="dialog-small" onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        {Object.entries(values).map(([name, value], index) => (
          <TextField
            key={name}
            label={name === 'above' ? 'Goes off above' : 'Goes off below'}
            type="number"
            value={value}
            hint={`${boundsText(alert)}; the file has ${alert.limits[name]}.`}
            error={index === 0 ? error?.message : null}
            onChange={(text) => setValues({ ...values, [name]: text })}
          />
        ))}
        <TextField label="Why" value={reason} placeholder="Noisy since the migration" onChange={setReason} />
        <div className="form-buttons">
          <button type="submit" className="button button-primary" disabled={busy || wrong}>
            Save
          </button>
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  )
}

const overridePath = ({ name }: AlertInfo): string => `/api/v1/alerts/${encodeURIComponent(name)}/override`

function boundsText({ bounds }: AlertInfo): string {
  if (bounds?.min != null && bounds.max != null) return `From ${bounds.min} to ${bounds.max}`
  if (bounds?.min != null) return `At least ${bounds.min}`
  return bounds?.max != null ? `At most ${bounds.max}` : 'Any number'
}

/** The change to the file that makes it say the same. */
async function patchOf({ name }: AlertInfo): Promise<string> {
  return (await request(`/api/v1/alerts/${encodeURIComponent(name)}/patch`)).text()
}
