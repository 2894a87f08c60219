import { totpUri } from '../../../identity/index.ts'
import { escapeHtml, type Field, fieldHtml, formHtml } from './form.ts'
import type { PageContent } from './page.ts'

const KEY_HINT = `<span>No account? Ask an admin of your organisation for an invitation.</span>`
const NO_KEY = `No key? Whoever runs the server makes one: <code>metrics keys create --org ORG --role viewer</code>`

export interface SignInContent {
  /** False while nobody has an account: keys and links are all there is. */
  readonly hasAccounts: boolean
  readonly next: string
  readonly email?: string
  readonly alert?: string
}

export function signInContent({ hasAccounts, next, email = '', alert }: SignInContent): PageContent {
  const key = keyForm(next, hasAccounts)
  if (!hasAccounts) {
    const lead = 'Paste an API key, or open the one-time link that the server printed when it started.'
    return { title: 'Sign in', lead, ...(alert && { alert }), body: key, footer: NO_KEY }
  }
  const fields = [
    fieldHtml({
      name: 'email',
      label: 'E-mail',
      type: 'email',
      autocomplete: 'username',
      value: email,
      focus: email === '',
    }),
    fieldHtml({
      name: 'password',
      label: 'Password',
      type: 'password',
      autocomplete: 'current-password',
      focus: email !== '',
    }),
  ]
  const body = `${formHtml('/sign-in', fields, 'Sign in', { next })}
<details><summary>Use an API key instead</summary>${key}</details>`
  return { title: 'Sign in', ...(alert && { alert }), body, footer: KEY_HINT }
}

function keyForm(next: string, quiet: boolean): string {
  const field: Field = { name: 'key', label: 'API key', type: 'password', autocomplete: 'off', placeholder: 'am_…' }
  return formHtml('/sign-in', [fieldHtml(field)], quiet ? 'Sign in with the key' : 'Sign in', { next })
}

export interface CodeContent {
  readonly token: string
  readonly next: string
  /** Where the authenticator is still to be set up. */
  readonly enrol: { readonly secret: string; readonly email: string } | null
  readonly issuer: string
  readonly error?: string
}

export function codeContent({ token, next, enrol, issuer, error }: CodeContent): PageContent {
  const code = fieldHtml({
    name: 'code',
    label: 'Code',
    autocomplete: 'one-time-code',
    error,
    focus: true,
    placeholder: '123 456',
  })
  const form = formHtml('/sign-in/code', [code], 'Go on', { token, next })
  if (enrol === null) {
    return { title: 'Enter the code', lead: 'Your authenticator app shows six digits for Agent Metrics.', body: form }
  }
  const lead = 'Your organisation asks for a second factor. Add this key to an authenticator app, then enter its code.'
  const groups = enrol.secret.replace(/(.{4})/g, '$1 ').trim()
  const uri = escapeHtml(totpUri(enrol.secret, enrol.email, issuer))
  const steps = `<p class="secret"><code>${groups}</code></p><p class="hint"><a href="${uri}">Open in an app on this device</a></p>`
  return { title: 'Set up a second factor', lead, body: steps + form }
}

export interface LinkContent {
  readonly kind: 'set-up' | 'invitation' | 'reset'
  readonly token: string
  readonly org: string | null
  readonly role: string
  /** Null where the form asks for it. */
  readonly email: string | null
  /** True where the form asks for the tenant, too. */
  readonly asksOrg: boolean
  readonly values: Readonly<Record<string, string>>
  readonly errors: Readonly<Record<string, string>>
}

const TITLES = { 'set-up': 'Make the first account', invitation: 'Join', reset: 'Set a new password' } as const
const BUTTONS = { 'set-up': 'Create the account', invitation: 'Join', reset: 'Set the password' } as const

export function linkContent({ kind, token, org, role, email, asksOrg, values, errors }: LinkContent): PageContent {
  const field = (given: Field): string => {
    const error = errors[given.name]
    return fieldHtml({ value: values[given.name] ?? '', ...(error === undefined ? {} : { error }), ...given })
  }
  const hint = 'At least ten characters; several words are easy to remember.'
  const fields = [
    asksOrg &&
      field({
        name: 'org',
        label: 'Organisation',
        autocomplete: 'organization',
        hint: 'The tenant as events and rows name it, such as acme.',
      }),
    email === null
      ? field({ name: 'email', label: 'E-mail', type: 'email', autocomplete: 'username' })
      : `<input type="hidden" name="username" autocomplete="username" value="${escapeHtml(email)}" />`,
    kind !== 'reset' && field({ name: 'name', label: 'Name', autocomplete: 'name', optional: true }),
    field({ name: 'password', label: 'Password', type: 'password', autocomplete: 'new-password', hint }),
    field({ name: 'again', label: 'The password again', type: 'password', autocomplete: 'new-password' }),
  ].filter((part) => part !== false)
  const title = kind === 'invitation' && org !== null ? `Join ${org}` : TITLES[kind]
  return {
    title,
    lead: leadOf(kind, { org, role, email }),
    body: formHtml(`/${kind}`, fields, BUTTONS[kind], { token }),
  }
}

function leadOf(kind: LinkContent['kind'], { org, role, email }: Pick<LinkContent, 'org' | 'role' | 'email'>): string {
  if (kind === 'reset') return `For ${email}. Every other session of this account ends.`
  if (kind === 'invitation') return `${email} was invited as ${role}. Choose a password, and you are in.`
  return `You will be the admin${org === null ? '' : ` of ${org}`}, and can invite everybody else.`
}
