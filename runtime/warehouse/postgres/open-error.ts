import { diagnostic, UserError } from '../../diagnostics/index.ts'

/** What a failed connection means to its user, without the password; undefined where it is none of theirs. */
export function openError(error: unknown, url: URL): UserError | undefined {
  if (!(error instanceof Error)) return undefined
  const code = String((error as { code?: unknown }).code ?? '')
  const found = causes.find(
    ({ codes, pattern }) => codes.some((start) => code.startsWith(start)) || pattern.test(error.message),
  )
  return found && new UserError(found.explain(url, error.message))
}

const causes = [
  { codes: ['3D000'], pattern: /^$/, explain: noDatabase },
  { codes: ['28'], pattern: /password must be a string|no password/i, explain: refusedLogin },
  {
    codes: [
      'ECONNREFUSED',
      'ENOTFOUND',
      'EAI_AGAIN',
      'ETIMEDOUT',
      'ECONNRESET',
      'EHOSTUNREACH',
      'ENETUNREACH',
      'ENOENT',
      '57P03',
      '53300',
      '08',
    ],
    pattern: /timeout|terminated unexpectedly|does not support SSL|certificate/i,
    explain: outOfReach,
  },
]

function noDatabase(url: URL) {
  const name = decodeURIComponent(url.pathname.slice(1))
  return diagnostic('AM3004', `The server ${url.host} has no database \`${name}\`.`, {
    hint: `Create it (\`createdb ${name}\`) or mend \`warehouse.url\` in the configuration.`,
  })
}

function refusedLogin(url: URL, message: string) {
  return diagnostic(
    'AM3003',
    `The server ${url.host} refuses the user \`${decodeURIComponent(url.username)}\`: ${message}.`,
    {
      hint: `Mend user and password in \`warehouse.url\`; keep the password in the environment and write \${env:NAME}.`,
    },
  )
}

function outOfReach(url: URL, message: string) {
  return diagnostic(
    'AM3002',
    `The warehouse at ${url.host}${url.pathname} is out of reach: ${message || 'no answer'}.`,
    {
      hint: 'See that the server runs and that host and port in `warehouse.url` are right.',
    },
  )
}
