import { useState } from 'react'
import { Link } from '../../components/link.tsx'
import { TextField } from '../parts/field.tsx'
import { Section } from '../parts/section.tsx'
import { send } from '../parts/send.ts'
import { useAction } from '../parts/use-action.ts'
import type { OwnAccount } from './profile-page.tsx'

interface Props {
  readonly own: OwnAccount
  readonly onChange: () => Promise<void>
}

export function AccountForm({ own, onChange }: Props) {
  const [name, setName] = useState(own.name ?? '')
  const { busy, error, run } = useAction()
  const save = () =>
    run(async () => {
      await send('PATCH', '/api/v1/account', { name })
      await onChange()
    }, 'Your name is saved.')
  return (
    <Section title="You">
      <dl className="facts">
        <dt>E-mail</dt>
        <dd>{own.email}</dd>
        <dt>Role</dt>
        <dd>
          {own.role}
          {own.org !== null && ` of ${own.org}`}
        </dd>
        <dt>In the data</dt>
        <dd>{own.user ?? 'Not found by this e-mail address: rules by team show nothing.'}</dd>
      </dl>
      <form
        className="form form-inline"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <TextField label="Name" value={name} onChange={setName} autoComplete="name" error={error?.message} />
        <button type="submit" className="button button-primary" disabled={busy || name === (own.name ?? '')}>
          Save
        </button>
      </form>
    </Section>
  )
}

/** Who came in by a link or a key is told how to get an account. */
export function NoAccount({ own }: { readonly own: OwnAccount }) {
  return (
    <Section title="You">
      <dl className="facts">
        <dt>Signed in</dt>
        <dd>By a one-time link or an API key, without an account.</dd>
        <dt>Role</dt>
        <dd>
          {own.role}
          {own.org !== null && ` of ${own.org}`}
        </dd>
      </dl>
      {own.role === 'admin' && (
        <p className="setting-text">
          An account has a password and sessions of its own, and names you in the audit log.{' '}
          <Link href="/settings/users">Invite yourself</Link> and open the link.
        </p>
      )}
    </Section>
  )
}
