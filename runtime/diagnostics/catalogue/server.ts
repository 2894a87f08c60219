import type { Entries } from './entry.ts'

/** 50xx: the server, keys and the state of the application. */
export const server = {
  AM5001: {
    title: 'Store in use',
    severity: 'error',
    explanation: 'The embedded store belongs to one process at a time: two would corrupt it.',
  },
  AM5002: {
    title: 'Store out of reach',
    severity: 'error',
    explanation: 'Keys, sessions and the audit log are kept in the store. Without it nobody can sign in.',
  },
  AM5003: {
    title: 'Port in use',
    severity: 'error',
    explanation: 'Another process listens on the port, or the system does not let this one have it.',
  },
  AM5004: {
    title: 'Running server does not answer',
    severity: 'error',
    explanation: 'The server of this project holds the warehouse, so commands ask it; it gave no usable answer.',
  },
  AM5005: {
    title: 'Server already running',
    severity: 'error',
    explanation: 'A project has one server at a time: it holds the warehouse and the store.',
  },
  AM5010: {
    title: 'Unknown API key',
    severity: 'error',
    explanation: 'Keys are named by their id, by its beginning or by their first characters.',
  },
  AM5011: {
    title: 'Ambiguous API key',
    severity: 'error',
    explanation: 'The beginning of an id must fit one key.',
  },
  AM5012: {
    title: 'API key without a tenant',
    severity: 'error',
    explanation: 'In a project with tenants every key belongs to one of them.',
  },
  AM5020: {
    title: 'Attributes of the caller cannot be read',
    severity: 'error',
    explanation: 'Access rules compare with what the warehouse says about the caller, as the config tells.',
  },
  AM5030: {
    title: 'Not signed in',
    severity: 'error',
    explanation: 'Every request but /health carries an API key as Bearer token, or the cookie of a signed-in person.',
  },
  AM5031: {
    title: 'Not allowed',
    severity: 'error',
    explanation: 'The key or the role of the caller does not cover the request.',
  },
  AM5032: {
    title: 'Too many requests',
    severity: 'error',
    explanation: 'A key may send 1,000 requests a minute, 2,000 in a burst. Retry-After says when to go on.',
  },
  AM5033: {
    title: 'Malformed request',
    severity: 'error',
    explanation: 'The body or a parameter of the request is not what /api/v1/openapi.json describes.',
  },
  AM5034: {
    title: 'No such route',
    severity: 'error',
    explanation: 'Routes are listed at /api/v1/openapi.json.',
  },
  AM5035: {
    title: 'Request body too large',
    severity: 'error',
    explanation: 'Requests other than ingest carry at most 1 MiB.',
  },
  AM5040: {
    title: 'Password not good enough',
    severity: 'error',
    explanation: 'Passwords have ten characters at least, and are none that everybody would guess first.',
  },
  AM5041: {
    title: 'Account exists already',
    severity: 'error',
    explanation: 'An e-mail address has one account in an organisation.',
  },
  AM5042: {
    title: 'Link is not good any more',
    severity: 'error',
    explanation: 'Links for set-up, invitations and new passwords work once, and not for ever.',
  },
  AM5043: {
    title: 'Last admin',
    severity: 'error',
    explanation: 'An organisation keeps one active admin at least: nobody else could let one in.',
  },
  AM5044: {
    title: 'No such account, invitation or session',
    severity: 'error',
    explanation: 'It is not there, or belongs to another organisation.',
  },
  AM5045: {
    title: 'Wrong password or code',
    severity: 'error',
    explanation: 'To change how one signs in, one says the password, or a code of the authenticator, once more.',
  },
  AM5046: {
    title: 'Too many attempts',
    severity: 'error',
    explanation: 'After wrong passwords the next attempt has to wait, ever longer.',
  },
  AM5047: {
    title: 'No account',
    severity: 'error',
    explanation: 'Passwords and sessions belong to accounts; this caller came with a key or a one-time link.',
  },
  AM5048: {
    title: 'Not in the catalogue',
    severity: 'error',
    explanation: 'The catalogue lists metrics, dimensions, semantic models and SQL models that your role may see.',
  },
  AM5049: {
    title: 'A preview is for looking',
    severity: 'error',
    explanation: 'A preview shows a version of the project that is in git. Its models are built once, when it starts.',
  },
  AM5051: {
    title: 'Pull requests are not set up',
    severity: 'error',
    explanation: 'To open pull requests, the configuration names the repository and a token that may write to it.',
  },
  AM5052: {
    title: 'The pull request could not be opened',
    severity: 'error',
    explanation:
      'The host of the repository refused a request, or could not be reached. Nothing in the project changed.',
  },
  AM5053: {
    title: 'Changed elsewhere in the meantime',
    severity: 'error',
    explanation: 'Somebody, perhaps yourself in another window, saved the dashboard after you opened it.',
  },
  AM5054: {
    title: 'The repository has changed since',
    severity: 'error',
    explanation:
      'A change that is proposed leaves what others did meanwhile as it is. Where it does not fit any more, nothing is proposed.',
  },
} as const satisfies Entries
