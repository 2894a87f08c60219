import { useState } from 'react'
import { TextField } from '../parts/field.tsx'
import { Section } from '../parts/section.tsx'
import { send } from '../parts/send.ts'
import { messageOf, useAction } from '../parts/use-action.ts'

const EMPTY = { current: '', password: '', again: '' }

export function PasswordForm({ email }: { readonly email: string }) {
  const [fields, setFields] = useState(EMPTY)
  const [mistake, setMistake] = useState<string | null>(null)
  const action = useAction()
  const set = (name: keyof typeof EMPTY) => (value: string) => setFields({ ...fields, [name]: value })
  const save = async () => {
    setMistake(fields.password === fields.again ? null : 'The two passwords differ.')
    if (fields.password !== fields.again) return
    const { current, password } = fields
    const work = () => send('PUT', '/api/v1/account/password', { current, password })
    if (await action.run(work, 'Your password is changed. Other sessions have ended.')) setFields(EMPTY)
  }
  return (
    <Section title="Password" text="Changing it signs you out everywhere else.">
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        <TextField
          label="Current password"
          type="password"
          autoComplete="current-password"
          value={fields.current}
          onChange={set('current')}
          error={messageOf(action, ['AM5045', 'AM5046'])}
        />
        <TextField
          label="New password"
          type="password"
          autoComplete="new-password"
          hint="At least ten characters; several words are easy to remember."
          value={fields.password}
          onChange={set('password')}
          error={messageOf(action, ['AM5045', 'AM5046'], true)}
        />
        <TextField
          label="New password again"
          type="password"
          autoComplete="new-password"
          value={fields.again}
          onChange={set('again')}
          error={mistake}
        />
        <div className="form-buttons">
          <button
            type="submit"
            className="button button-primary"
            disabled={action.busy || Object.values(fields).includes('')}
          >
            Change password
          </button>
        </div>
      </form>
    </Section>
  )
}
