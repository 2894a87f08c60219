import { useState } from 'react'
import { SelectField, TextField } from '../parts/field.tsx'
import { Section } from '../parts/section.tsx'
import { send } from '../parts/send.ts'
import { useAction } from '../parts/use-action.ts'
import { ROLES, type RoleName } from '../users/invite-form.tsx'

const SCOPES = [
  ['ingest', 'Send events', 'For agents, OpenTelemetry exporters and importers.'],
  ['query', 'Read', 'For dashboards, BI tools and scripts: what its role may see.'],
  ['admin', 'Administer', 'Builds models, makes keys, changes settings.'],
] as const
type Scope = (typeof SCOPES)[number][0]

const LIFETIMES = [
  ['30', '30 days'],
  ['90', '90 days'],
  ['365', 'A year'],
  ['', 'Never'],
] as const
type Lifetime = (typeof LIFETIMES)[number][0]

export function KeyForm({ onMade }: { readonly onMade: (key: string) => void }) {
  const [name, setName] = useState('')
  const [role, setRole] = useState<RoleName>('viewer')
  const [scopes, setScopes] = useState<readonly Scope[]>(['query'])
  const [days, setDays] = useState<Lifetime>('90')
  const { busy, error, run } = useAction()
  const toggle = (scope: Scope) =>
    setScopes(scopes.includes(scope) ? scopes.filter((other) => other !== scope) : [...scopes, scope])
  const create = () =>
    run(async () => {
      const expires_at = days === '' ? undefined : new Date(Date.now() + Number(days) * 86_400_000).toISOString()
      const body = { name, role, scopes, ...(expires_at && { expires_at }) }
      const { key } = await send<{ key: string }>('POST', '/api/v1/keys', body)
      onMade(key)
      setName('')
    })
  return (
    <Section title="New key">
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          void create()
        }}
      >
        <div className="form-grid">
          <TextField
            label="Name"
            value={name}
            placeholder="CI of the core team"
            onChange={setName}
            error={error?.message}
          />
          <SelectField label="Role" value={role} options={ROLES} onChange={setRole} />
          <SelectField label="Expires after" value={days} options={LIFETIMES} onChange={setDays} />
        </div>
        <fieldset className="choices">
          <legend>Scopes</legend>
          {SCOPES.map(([scope, title, text]) => (
            <label key={scope} className="switch">
              <input type="checkbox" checked={scopes.includes(scope)} onChange={() => toggle(scope)} />
              <span>
                {title} <code>{scope}</code>
                <span className="field-hint">{text}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <div className="form-buttons">
          <button
            type="submit"
            className="button button-primary"
            disabled={busy || scopes.length === 0 || name.trim() === ''}
          >
            Create key
          </button>
          {scopes.length === 0 && <span className="field-hint">Choose one scope at least.</span>}
        </div>
      </form>
    </Section>
  )
}
