import { reportLost, reportReached, reportSignedOut } from './connection.ts'

/** What the server says against a request, with the code of its diagnostic. */
export class RequestError extends Error {
  readonly status: number
  readonly code: string | null

  constructor(message: string, status: number, code: string | null) {
    super(message)
    this.status = status
    this.code = code
  }
}

export interface Problem {
  readonly status?: number
  readonly detail?: string
  readonly diagnostics?: readonly { readonly code: string }[]
}

export const errorOf = ({ detail, status = 0, diagnostics }: Problem): RequestError =>
  new RequestError(detail ?? 'The server gave no answer.', status, diagnostics?.[0]?.code ?? null)

/** A request to our own server. What it learns of the connection and the session is shown by the frame of the page. */
export async function request(path: string, init: RequestInit = {}): Promise<Response> {
  let response: Response
  try {
    response = await fetch(path, init)
  } catch (error) {
    if (init.signal?.aborted) throw error
    reportLost()
    throw new RequestError('The server cannot be reached.', 0, null)
  }
  reportReached()
  if (response.ok) return response
  const problem = (await response.json().catch(() => ({}))) as Problem
  if (response.status === 401) reportSignedOut()
  throw errorOf({ detail: `The server answered ${response.status}.`, ...problem, status: response.status })
}

export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await request(path, signal === undefined ? {} : { signal })
  return response.json() as Promise<T>
}

export async function sendJson<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T> {
  const headers = { 'content-type': 'application/json' }
  const response = await request(path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) })
  return (response.status === 204 ? undefined : response.json()) as Promise<T>
}
