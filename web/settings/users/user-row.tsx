import { useState } from 'react'
import { Popover } from '../../components/popover.tsx'
import { say, sayFailure } from '../../frame/toasts.tsx'
import { Confirm } from '../parts/confirm.tsx'
import { absolute } from '../parts/secret.tsx'
import { send } from '../parts/send.ts'
import type { Times } from '../parts/times.ts'
import { ROLES } from './invite-form.tsx'
import type { OneTimeLink, User } from './users-page.tsx'

interface Props {
  readonly user: User
  readonly times: Times
  readonly onChange: () => Promise<void>
  readonly onLink: (link: OneTimeLink) => void
}

export function UserRow({ user, times, onChange, onLink }: Props) {
  const [asking, setAsking] = useState(false)
  const name = user.name ?? user.email
  const change = (body: object, done: string) => {
    send('PATCH', `/api/v1/users/${user.id}`, body)
      .then(() => say(done), sayFailure)
      .then(onChange)
  }
  return (
    <tr data-inactive={!user.active}>
      <td>
        <p className="rows-title">
          {name} {user.me && <span className="tag">You</span>}{' '}
          {!user.active && <span className="tag">Deactivated</span>}
        </p>
        <p className="rows-text">
          {user.name === null ? '' : `${user.email} · `}
          {user.second_factor ? 'second factor' : 'password only'}
        </p>
      </td>
      <td>
        <select
          className="input"
          aria-label={`Role of ${name}`}
          value={user.role}
          disabled={!user.active}
          onChange={(event) => change({ role: event.target.value }, `${name} is ${event.target.value} now.`)}
        >
          {ROLES.map(([role]) => (
            <option key={role} value={role}>
              {role}
            </option>
          ))}
        </select>
      </td>
      <td title={times.at(user.last_sign_in_at)}>{times.ago(user.last_sign_in_at)}</td>
      <td className="cell-actions">
        <Popover label="More" name={`Actions for ${name}`} align="end">
          {(close) => <UserActions {...{ user, name, change, onLink, close }} onDeactivate={() => setAsking(true)} />}
        </Popover>
        {asking && (
          <Confirm
            title={`Deactivate ${name}?`}
            action="Deactivate"
            done={`${name} is deactivated.`}
            work={() => send('PATCH', `/api/v1/users/${user.id}`, { active: false }).then(onChange)}
            onClose={() => setAsking(false)}
          >
            <p>
              Every session ends at once. Saved views and what the audit log says stay; you can activate them again.
            </p>
          </Confirm>
        )}
      </td>
    </tr>
  )
}

interface ActionsProps {
  readonly user: User
  readonly name: string
  readonly change: (body: object, done: string) => void
  readonly onLink: (link: OneTimeLink) => void
  readonly onDeactivate: () => void
  readonly close: () => void
}

function UserActions({ user, name, change, onLink, onDeactivate, close }: ActionsProps) {
  const path = `/api/v1/users/${user.id}`
  const reset = () =>
    send<{ href: string }>('POST', `${path}/reset`).then(
      ({ href }) => onLink({ title: `New password for ${name}`, href: absolute(href) }),
      sayFailure,
    )
  const signOut = () => send('DELETE', `${path}/sessions`).then(() => say(`${name} is signed out.`), sayFailure)
  const entry = (text: string, act: () => unknown) => (
    <button
      type="button"
      className="menu-item"
      onClick={() => {
        close()
        act()
      }}
    >
      {text}
    </button>
  )
  if (!user.active) return entry('Activate again', () => change({ active: true }, `${name} is active again.`))
  return (
    <>
      {entry('New password …', reset)}
      {entry('Sign out everywhere', signOut)}
      {user.second_factor &&
        entry('Take the second factor away', () => change({ second_factor: false }, 'The second factor is gone.'))}
      {entry('Deactivate …', onDeactivate)}
    </>
  )
}
