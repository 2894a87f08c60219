import { useState } from 'react'
import { SelectField, TextField } from '../parts/field.tsx'
import { absolute } from '../parts/secret.tsx'
import { Section } from '../parts/section.tsx'
import { send } from '../parts/send.ts'
import { useAction } from '../parts/use-action.ts'
import type { OneTimeLink } from './users-page.tsx'

export const ROLES = [
  ['viewer', 'Viewer: dashboards, no individuals'],
  ['user', 'User: dashboards, saves and shares'],
  ['manager', 'Manager: the own teams in detail'],
  ['admin', 'Admin: everything, and these settings'],
] as const
export type RoleName = (typeof ROLES)[number][0]

export function InviteForm({ onInvited }: { readonly onInvited: (link: OneTimeLink) => void }) {
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<RoleName>('user')
  const { busy, error, run } = useAction()
  const invite = () =>
    run(async () => {
      const { href } = await send<{ href: string }>('POST', '/api/v1/invitations', { email, role })
      onInvited({ title: `Invitation of ${email}`, href: absolute(href) })
      setEmail('')
    })
  return (
    <Section title="Invite somebody" text="You get a link to send them; with it they choose a password.">
      <form
        className="form form-inline"
        onSubmit={(event) => {
          event.preventDefault()
          void invite()
        }}
      >
        <TextField
          label="E-mail"
          type="email"
          autoComplete="off"
          value={email}
          onChange={setEmail}
          error={error?.message}
        />
        <SelectField label="Role" value={role} options={ROLES} onChange={setRole} />
        <button type="submit" className="button button-primary" disabled={busy || email.trim() === ''}>
          Invite
        </button>
      </form>
    </Section>
  )
}
