import { useState } from 'react'
import { CopyButton } from '../../components/copy-button.tsx'
import { StatusMark } from '../../components/status-mark.tsx'
import { TextField } from '../parts/field.tsx'
import { Section } from '../parts/section.tsx'
import { send } from '../parts/send.ts'
import { useAction } from '../parts/use-action.ts'
import type { OwnAccount } from './profile-page.tsx'

interface Props {
  readonly own: OwnAccount
  readonly onChange: () => Promise<void>
}

interface Enrolment {
  readonly secret: string
  readonly uri: string
}

/** Codes of an authenticator app beside the password. */
export function SecondFactor({ own, onChange }: Props) {
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null)
  const [removing, setRemoving] = useState(false)
  const { busy, error, run, clear } = useAction()
  const begin = () => run(async () => setEnrolment(await send<Enrolment>('POST', '/api/v1/account/second-factor')))
  const finish = (method: 'PUT' | 'DELETE', body: object, done: string) =>
    run(async () => {
      await send(method, '/api/v1/account/second-factor', body)
      setEnrolment(null)
      setRemoving(false)
      await onChange()
    }, done)
  const text = own.second_factor_required
    ? 'Your organisation asks everybody for a code of an authenticator app.'
    : 'With a code of an authenticator app, a stolen password alone opens nothing.'
  return (
    <Section
      title="Second factor"
      text={text}
      actions={<StatusMark status={own.second_factor ? 'good' : 'none'} label={own.second_factor ? 'On' : 'Off'} />}
    >
      {enrolment !== null && (
        <>
          <p className="setting-text">
            Add this key to your app, or <a href={enrolment.uri}>open it in one on this device</a>.
          </p>
          <div className="secret">
            <code>{enrolment.secret.replace(/(.{4})/g, '$1 ').trim()}</code>
            <CopyButton label="Copy" text={() => enrolment.secret} />
          </div>
          <OneField
            label="Code of the app"
            button="Turn on"
            busy={busy}
            error={error?.message}
            autoComplete="one-time-code"
            onSubmit={(code) => finish('PUT', { code }, 'The second factor is on.')}
          />
        </>
      )}
      {removing && (
        <OneField
          label="Your password"
          button="Turn off"
          type="password"
          busy={busy}
          error={error?.message}
          autoComplete="current-password"
          onSubmit={(password) => finish('DELETE', { password }, 'The second factor is off.')}
        />
      )}
      {!own.second_factor && enrolment === null && (
        <button type="button" className="button" disabled={busy} onClick={() => void begin()}>
          Set up an authenticator
        </button>
      )}
      {own.second_factor && !removing && !own.second_factor_required && (
        <button
          type="button"
          className="button"
          onClick={() => {
            clear()
            setRemoving(true)
          }}
        >
          Turn off …
        </button>
      )}
    </Section>
  )
}

interface OneFieldProps {
  readonly label: string
  readonly button: string
  readonly busy: boolean
  readonly error: string | undefined
  readonly type?: 'text' | 'password'
  readonly autoComplete: string
  readonly onSubmit: (value: string) => Promise<unknown>
}

function OneField({ button, busy, onSubmit, ...field }: OneFieldProps) {
  const [value, setValue] = useState('')
  return (
    <form
      className="form form-inline"
      onSubmit={(event) => {
        event.preventDefault()
        void onSubmit(value)
      }}
    >
      <TextField {...field} value={value} onChange={setValue} />
      <button type="submit" className="button button-primary" disabled={busy || value === ''}>
        {button}
      </button>
    </form>
  )
}
