import type { ResolvedConfig } from '../config/index.ts'
import { fail } from '../diagnostics/index.ts'

type Settings = NonNullable<ResolvedConfig['pullRequests']>

interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

/** The API of the host of a repository. */
export interface Host {
  /** Fails unless the answer is a success. */
  call(method: string, path: string, body?: object): Promise<Answer['body']>
  /** The same, with null where there is nothing. */
  find(path: string): Promise<Answer['body'] | null>
}

const PATIENCE = 15_000
const HINTS: Readonly<Record<number, string>> = {
  401: 'The token is not accepted: check pull_requests.token in the configuration, and whether it expired.',
  403: 'The token may not do this: it needs to write contents and pull requests of the repository.',
  404: 'Check pull_requests.repository and base, and that the token sees the repository.',
}

export function createHost({ api, provider, token }: Settings, ask: typeof fetch): Host {
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'agent-metrics',
    ...(provider === 'github'
      ? {
          authorization: `Bearer ${token}`,
          accept: 'application/vnd.github+json',
          'x-github-api-version': '2022-11-28',
        }
      : { 'private-token': token, accept: 'application/json' }),
  }
  const send = async (method: string, path: string, body?: object): Promise<Answer> => {
    // A redirect would carry the token elsewhere.
    const response = await ask(`${api}${path}`, {
      method,
      headers,
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }).catch((error: unknown) => fail('AM5052', `${new URL(api).host} cannot be reached: ${reasonOf(error)}.`))
    const text = await response.text()
    return { status: response.status, body: parse(text) }
  }
  const refuse = (method: string, path: string, { status, body }: Answer): never =>
    fail('AM5052', `${new URL(api).host} answered ${status} to ${method} ${path}: ${messageOf(body)}.`, {
      hint: HINTS[status],
    })
  return {
    call: async (method, path, body) => {
      const answer = await send(method, path, body)
      return answer.status < 300 ? answer.body : refuse(method, path, answer)
    },
    find: async (path) => {
      const answer = await send('GET', path)
      if (answer.status === 404) return null
      return answer.status < 300 ? answer.body : refuse('GET', path, answer)
    },
  }
}

function parse(text: string): Answer['body'] {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Answer['body']) : {}
  } catch {
    return {}
  }
}

function messageOf({ message, error }: Answer['body']): string {
  const said = message ?? error
  if (said === undefined) return 'it gives no reason'
  return (typeof said === 'string' ? said : JSON.stringify(said)).slice(0, 300).replace(/\.$/, '')
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}
