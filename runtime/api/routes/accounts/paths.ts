import { answer, anyObject, created, inPath, json } from '../../openapi-parts.ts'
import { OrganisationBody } from './organisation.ts'
import { CodeBody, NameBody, PasswordBody, ProofBody } from './own-account.ts'
import { InvitationBody, UserBody } from './users.ts'

const inQuery = (name: string, description: string) => ({ name, in: 'query', schema: { type: 'string' }, description })
const id = { parameters: [inPath('id')] }

/** What the description of the API says of these routes. */
export const accountPaths = {
  '/api/v1/account': {
    get: { summary: 'Own account; `account` is null for keys and links', responses: answer('The account.', anyObject) },
    patch: { summary: 'Change own name', requestBody: json(NameBody), responses: answer('The account.', anyObject) },
  },
  '/api/v1/account/password': {
    put: {
      summary: 'Change own password; other sessions end',
      requestBody: json(PasswordBody),
      responses: answer('Done.', anyObject),
    },
  },
  '/api/v1/account/sessions': {
    get: { summary: 'Own sessions', responses: answer('Sessions.', anyObject) },
    delete: { summary: 'End all own sessions but this one', responses: answer('How many ended.', anyObject) },
  },
  '/api/v1/account/sessions/{id}': {
    delete: { summary: 'End one of the own sessions', ...id, responses: answer('How many ended.', anyObject) },
  },
  '/api/v1/account/second-factor': {
    post: { summary: 'Begin to add an authenticator', responses: created('Its secret.', anyObject) },
    put: {
      summary: 'Confirm the authenticator with a code',
      requestBody: json(CodeBody),
      responses: answer('The account.', anyObject),
    },
    delete: {
      summary: 'Remove the authenticator',
      requestBody: json(ProofBody),
      responses: answer('The account.', anyObject),
    },
  },
  '/api/v1/users': {
    get: { summary: 'Accounts and open invitations (admins)', responses: answer('Users.', anyObject) },
  },
  '/api/v1/users/{id}': {
    patch: {
      summary: 'Change role, name, person in the warehouse, activity or second factor (admins)',
      ...id,
      requestBody: json(UserBody),
      responses: answer('The account.', anyObject),
    },
  },
  '/api/v1/users/{id}/reset': {
    post: { summary: 'A one-time link to set a new password (admins)', ...id, responses: created('Link.', anyObject) },
  },
  '/api/v1/users/{id}/sessions': {
    get: { summary: 'Sessions of an account (admins)', ...id, responses: answer('Sessions.', anyObject) },
    delete: { summary: 'Sign an account out everywhere (admins)', ...id, responses: answer('How many.', anyObject) },
  },
  '/api/v1/invitations': {
    post: {
      summary: 'A one-time link to join (admins)',
      requestBody: json(InvitationBody),
      responses: created('The link, shown this once.', anyObject),
    },
  },
  '/api/v1/invitations/{id}': {
    delete: { summary: 'Take an invitation back (admins)', ...id, responses: answer('The invitation.', anyObject) },
  },
  '/api/v1/organisation': {
    get: { summary: 'Settings of the organisation (admins)', responses: answer('Settings.', anyObject) },
    put: {
      summary: 'Change settings of the organisation (admins)',
      requestBody: json(OrganisationBody),
      responses: answer('Settings.', anyObject),
    },
  },
  '/api/v1/audit': {
    get: {
      summary: 'What was done by whom, the newest first (admins)',
      parameters: [
        inQuery('actor', 'Who, or a part of it.'),
        inQuery('action', 'What, such as `key.created`, or the beginning of it.'),
        inQuery('subject', 'To what.'),
        inQuery('from', 'Day or instant.'),
        inQuery('to', 'Day or instant, inclusive.'),
        inQuery('before', '`next` of the page before.'),
        inQuery('limit', 'Entries of a page; 50 by default.'),
        inQuery('format', '`json` by page, or `csv` or `ndjson` as a file.'),
      ],
      responses: answer('`entries`, and `next` where there are more.', anyObject),
    },
  },
  '/api/v1/audit/verify': {
    get: { summary: 'Whether the audit log is as it was written (admins)', responses: answer('`ok`.', anyObject) },
  },
}
