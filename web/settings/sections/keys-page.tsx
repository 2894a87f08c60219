import { useState } from 'react'
import { StatusMark } from '../../components/status-mark.tsx'
import { Confirm } from '../parts/confirm.tsx'
import { SecretDialog } from '../parts/secret.tsx'
import { Loaded, Nothing, Section } from '../parts/section.tsx'
import { send } from '../parts/send.ts'
import { type Times, useTimes } from '../parts/times.ts'
import { useResource } from '../parts/use-resource.ts'
import type { SectionProps } from '../sections.ts'
import { KeyForm } from './key-form.tsx'

interface Key {
  readonly id: string
  readonly hint: string
  readonly name: string
  readonly role: string
  readonly user_id: string | null
  readonly scopes: readonly string[]
  readonly created_at: string
  readonly expires_at: string | null
  readonly last_used_at: string | null
  readonly revoked_at: string | null
}

export function KeysPage({ project }: SectionProps) {
  const keys = useResource<{ keys: readonly Key[] }>('/api/v1/keys')
  const [made, setMade] = useState<string | null>(null)
  const [revoking, setRevoking] = useState<Key | null>(null)
  const [showsAll, setShowsAll] = useState(false)
  const times = useTimes(project)
  const all = keys.data?.keys ?? []
  const dead = all.filter((key) => stateOf(key) !== 'active').length
  return (
    <>
      <KeyForm
        onMade={(key) => {
          setMade(key)
          void keys.reload()
        }}
      />
      <Section
        title="Keys"
        text="A key may send 1,000 requests a minute, 2,000 in a burst."
        actions={
          dead > 0 && (
            <label className="switch">
              <input type="checkbox" checked={showsAll} onChange={(event) => setShowsAll(event.target.checked)} />
              <span>Show {dead} revoked or expired</span>
            </label>
          )
        }
      >
        <Loaded resource={keys}>
          {(data) => (
            <KeyTable
              keys={data.keys.filter((key) => showsAll || stateOf(key) === 'active')}
              times={times}
              onRevoke={setRevoking}
            />
          )}
        </Loaded>
      </Section>
      {made !== null && (
        <SecretDialog
          title="Your new API key"
          text="Copy it now: only its hash is kept, so it is not shown again."
          secret={made}
          onClose={() => setMade(null)}
        />
      )}
      {revoking !== null && (
        <Confirm
          title={`Revoke ${titleOf(revoking)}?`}
          action="Revoke the key"
          done={`${titleOf(revoking)} is revoked.`}
          work={() => send('DELETE', `/api/v1/keys/${revoking.id}`).then(keys.reload)}
          onClose={() => setRevoking(null)}
        >
          <p>
            Whatever uses it is turned away at once. Last used {times.ago(revoking.last_used_at)}. This cannot be
            undone.
          </p>
        </Confirm>
      )}
    </>
  )
}

interface TableProps {
  readonly keys: readonly Key[]
  readonly times: Times
  readonly onRevoke: (key: Key) => void
}

function KeyTable({ keys, times, onRevoke }: TableProps) {
  if (keys.length === 0) return <Nothing text="No keys yet. Agents need one with the scope ingest to send events." />
  return (
    <div className="table-scroll">
      <table className="setting-table">
        <thead>
          <tr>
            {['Key', 'Role and scopes', 'Last used', 'Expires', 'State'].map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
            <th scope="col">
              <span className="sr-only">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.id} data-inactive={stateOf(key) !== 'active'}>
              <td>
                <p className="rows-title">{key.name || 'Without a name'}</p>
                <p className="rows-text">
                  <code>{key.hint}…</code>
                  {key.user_id !== null && ` · for ${key.user_id}`}
                </p>
              </td>
              <td>
                {key.role}
                <p className="rows-text">{key.scopes.join(', ')}</p>
              </td>
              <td title={times.at(key.last_used_at)}>{times.ago(key.last_used_at)}</td>
              <td title={times.at(key.expires_at)}>{key.expires_at === null ? 'never' : times.ago(key.expires_at)}</td>
              <td>
                <StatusMark status={stateOf(key) === 'active' ? 'good' : 'none'} label={stateOf(key)} />
              </td>
              <td className="cell-actions">
                {stateOf(key) === 'active' && (
                  <button
                    type="button"
                    className="button"
                    aria-label={`Revoke ${titleOf(key)}`}
                    onClick={() => onRevoke(key)}
                  >
                    Revoke
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const titleOf = ({ name, hint }: Key): string => name || `${hint}…`

function stateOf({ revoked_at, expires_at }: Key): 'active' | 'revoked' | 'expired' {
  if (revoked_at !== null) return 'revoked'
  return expires_at !== null && Date.parse(expires_at) <= Date.now() ? 'expired' : 'active'
}
