import { useState } from 'react'
import { say, sayFailure } from '../../frame/toasts.tsx'
import { SecretDialog } from '../parts/secret.tsx'
import { Loaded, Nothing, Section } from '../parts/section.tsx'
import { send } from '../parts/send.ts'
import { useTimes } from '../parts/times.ts'
import { type Resource, useResource } from '../parts/use-resource.ts'
import type { SectionProps } from '../sections.ts'
import { InviteForm } from './invite-form.tsx'
import { UserRow } from './user-row.tsx'

export interface User {
  readonly id: string
  readonly email: string
  readonly name: string | null
  readonly role: string
  readonly user: string | null
  readonly active: boolean
  readonly second_factor: boolean
  readonly last_sign_in_at: string | null
  readonly me: boolean
}

interface Invitation {
  readonly id: string
  readonly email: string
  readonly role: string
  readonly created_by: string
  readonly expires_at: string
}

export interface Users {
  readonly users: readonly User[]
  readonly invitations: readonly Invitation[]
}

/** A one-time link, and whom it is for. */
export interface OneTimeLink {
  readonly title: string
  readonly href: string
}

export function UsersPage({ project }: SectionProps) {
  const users = useResource<Users>('/api/v1/users')
  const [link, setLink] = useState<OneTimeLink | null>(null)
  const times = useTimes(project)
  return (
    <>
      <InviteForm
        onInvited={(invited) => {
          setLink(invited)
          void users.reload()
        }}
      />
      <Section title="People" text="Only what the role allows is shown and answered, here and over the API.">
        <Loaded resource={users}>
          {(data) =>
            data.users.length === 0 ? (
              <Nothing text="Nobody has an account yet. Invite yourself first." />
            ) : (
              <div className="table-scroll">
                <table className="setting-table">
                  <thead>
                    <tr>
                      <th scope="col">Person</th>
                      <th scope="col">Role</th>
                      <th scope="col">Last sign-in</th>
                      <th scope="col">
                        <span className="sr-only">Actions</span>
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {data.users.map((user) => (
                      <UserRow key={user.id} user={user} times={times} onChange={users.reload} onLink={setLink} />
                    ))}
                  </tbody>
                </table>
              </div>
            )
          }
        </Loaded>
      </Section>
      {(users.data?.invitations.length ?? 0) > 0 && <Invitations users={users} until={times.ago} />}
      <Policy />
      {link !== null && (
        <SecretDialog
          title={link.title}
          text="Send this link to the person. It works once, and is not shown again."
          secret={link.href}
          onClose={() => setLink(null)}
        />
      )}
    </>
  )
}

function Invitations({ users, until }: { readonly users: Resource<Users>; readonly until: (at: string) => string }) {
  const withdraw = ({ id, email }: Invitation) => {
    send('DELETE', `/api/v1/invitations/${id}`).then(() => {
      say(`The invitation of ${email} is taken back.`)
      return users.reload()
    }, sayFailure)
  }
  return (
    <Section title="Invitations" text="They wait for an answer.">
      <ul className="rows">
        {(users.data?.invitations ?? []).map((invitation) => (
          <li key={invitation.id} className="rows-item">
            <div>
              <p className="rows-title">
                {invitation.email} <span className="tag">{invitation.role}</span>
              </p>
              <p className="rows-text">
                By {invitation.created_by}; ends {until(invitation.expires_at)}
              </p>
            </div>
            <button
              type="button"
              className="button"
              aria-label={`Take back the invitation of ${invitation.email}`}
              onClick={() => withdraw(invitation)}
            >
              Take back
            </button>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** Whether everybody needs a second factor. */
function Policy() {
  const policy = useResource<{ require_second_factor: boolean }>('/api/v1/organisation')
  const set = (require_second_factor: boolean) => {
    send('PUT', '/api/v1/organisation', { require_second_factor }).then(() => {
      say(require_second_factor ? 'From the next sign-in on, everybody needs a code.' : 'A password is enough again.')
      return policy.reload()
    }, sayFailure)
  }
  return (
    <Section title="Sign-in">
      <Loaded resource={policy}>
        {({ require_second_factor }) => (
          <label className="switch">
            <input type="checkbox" checked={require_second_factor} onChange={(event) => set(event.target.checked)} />
            <span>
              Ask everybody for a second factor
              <span className="field-hint">Who has none yet sets up an authenticator app at the next sign-in.</span>
            </span>
          </label>
        )}
      </Loaded>
    </Section>
  )
}
