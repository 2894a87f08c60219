import { fail, UserError } from '../diagnostics/index.ts'
import type { ServerFile } from './server-file.ts'

export interface ServerCall {
  readonly method?: 'GET' | 'POST' | 'DELETE'
  readonly body?: unknown
  /** For answers in lines: called with each but the last, which is the result. */
  readonly onLine?: (line: unknown) => void
  /** Called with the number of errors in the files, where the answer had to leave something out. */
  readonly onErrors?: (errors: number) => void
}

/** Asks the running server of the project; its problems become user errors here as there. */
export async function callServer(server: ServerFile, path: string, call: ServerCall = {}): Promise<unknown> {
  const response = await fetch(`${server.url}${path}`, {
    method: call.method ?? 'POST',
    headers: {
      authorization: `Bearer ${server.token}`,
      accept: call.onLine ? 'application/x-ndjson' : 'application/json',
      ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
  }).catch((error: unknown) => unreachable(server, error))
  const errors = Number(response.headers.get('x-definition-errors') ?? 0)
  if (errors > 0) call.onErrors?.(errors)
  if (call.onLine && response.ok) return readLines(response, call.onLine)
  const content: unknown = await response.json().catch(() => undefined)
  return response.ok ? content : throwProblem(server, response.status, content)
}

/** A file that the running server makes. */
export async function downloadFrom(server: ServerFile, path: string): Promise<Uint8Array> {
  const headers = { authorization: `Bearer ${server.token}` }
  const response = await fetch(`${server.url}${path}`, { headers }).catch((error: unknown) =>
    unreachable(server, error),
  )
  if (response.ok) return new Uint8Array(await response.arrayBuffer())
  return throwProblem(server, response.status, await response.json().catch(() => undefined))
}

async function readLines(response: Response, onLine: (line: unknown) => void): Promise<unknown> {
  let rest = ''
  let last: unknown
  const take = (line: string) => {
    if (last !== undefined) onLine(last)
    last = JSON.parse(line)
  }
  const decoder = new TextDecoder()
  for await (const chunk of response.body ?? []) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line !== '') take(line)
  }
  return last
}

function throwProblem(server: ServerFile, status: number, content: unknown): never {
  const diagnostics = typeof content === 'object' && content !== null && 'diagnostics' in content && content.diagnostics
  if (Array.isArray(diagnostics) && diagnostics.length > 0) throw new UserError(diagnostics)
  return fail('AM5004', `The running server (process ${server.pid}) answered ${status}.`, {
    hint: 'Its log says why. Stop it to run the command without it.',
  })
}

function unreachable(server: ServerFile, error: unknown): never {
  const reason = error instanceof Error ? error.message : String(error)
  return fail('AM5004', `The running server (process ${server.pid}) does not answer at ${server.url}: ${reason}`, {
    hint: 'Stop that process and run the command again.',
  })
}
