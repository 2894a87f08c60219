import type { ITransport, ITransportResponse } from '@cubejs-client/core'
import type { QueryDefinition } from '../../runtime/definitions/index.ts'
import { errorOf, type Problem, RequestError, request } from './request.ts'

/** What Cube's client reads of a response. */
interface LoadResponse {
  readonly status: number
  text(): Promise<string>
  json(): Promise<unknown>
}

interface Waiting {
  readonly query: QueryDefinition
  readonly signal: AbortSignal | undefined
  readonly resolve: (response: LoadResponse) => void
}

interface Line {
  readonly index: number
  /** Names what the answer says. */
  readonly etag?: string
  /** True where the answer that the page named still holds. */
  readonly unchanged?: boolean
  readonly answer?: { readonly rows: readonly unknown[]; readonly truncated?: boolean; readonly served?: unknown }
  readonly problem?: Problem
}

/**
 * Carries the loads of Cube's client: all of one moment travel in one request, and each is answered as soon as its
 * line is there. A request is given up when nobody waits for any of its answers.
 */
export function createTransport(path: string): ITransport<Response> {
  let waiting: Waiting[] = []
  const send = () => {
    const batch = waiting.filter(({ signal }) => signal?.aborted !== true)
    waiting = []
    if (batch.length > 0) void answer(path, batch)
  }
  const load = (query: QueryDefinition, signal: AbortSignal | undefined) =>
    new Promise<LoadResponse>((resolve) => {
      if (waiting.length === 0) queueMicrotask(send)
      waiting.push({ query, signal, resolve })
    })
  return {
    authorization: undefined,
    request: (_method, { query, signal }): ITransportResponse<Response> => ({
      subscribe: async (callback) => {
        const response = await load(query as QueryDefinition, signal as AbortSignal | undefined)
        return callback(response as Response, async () => callback(response as Response, () => Promise.reject()))
      },
    }),
  }
}

/** Queries of one request at most, as the server takes them. */
const MOST = 100

async function answer(path: string, batch: readonly Waiting[]) {
  if (batch.length > MOST) {
    await Promise.all([answer(path, batch.slice(0, MOST)), answer(path, batch.slice(MOST))])
    return
  }
  const kept = batch.map(({ query }) => known.get(JSON.stringify(query)))
  try {
    const response = await request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/x-ndjson' },
      body: bodyOf(batch, kept),
      signal: whenAllGaveUp(batch),
    })
    if (response.body !== null) {
      await readLines(response.body, (line) => settle(batch[line.index], line, kept[line.index]))
    }
    failAll(batch, new RequestError('The server broke off its answer.', 0, null))
  } catch (error) {
    failAll(batch, error)
  }
}

function whenAllGaveUp(batch: readonly Waiting[]): AbortSignal {
  const controller = new AbortController()
  let left = batch.length
  for (const { signal } of batch) {
    signal?.addEventListener('abort', () => {
      left -= 1
      if (left === 0) controller.abort()
    })
  }
  return controller.signal
}

async function readLines(body: ReadableStream<Uint8Array>, onLine: (line: Line) => void) {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    const lines = (rest + decoder.decode(value, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line !== '') onLine(JSON.parse(line) as Line)
  }
}

function settle(
  asked: Waiting | undefined,
  { etag, unchanged, answer: found, problem }: Line,
  kept: Known | undefined,
) {
  if (asked === undefined) return
  if (unchanged === true && kept !== undefined) return asked.resolve(answered(kept.result))
  if (found === undefined) return asked.resolve(failed(errorOf(problem ?? {})))
  const { rows: data, truncated = false, served = UNKNOWN } = found
  // The client hands annotations through as they are.
  const result = { query: {}, annotation: { ...EMPTY, truncated, served }, data }
  if (etag !== undefined) remember(JSON.stringify(asked.query), { etag, result })
  asked.resolve(answered(result))
}

const answered = (result: unknown): LoadResponse =>
  responseOf(200, { queryType: 'regularQuery', pivotQuery: {}, results: [result] })

interface Known {
  readonly etag: string
  readonly result: unknown
}

/** What was answered last, so that the server need not send it again. */
const known = new Map<string, Known>()
const MOST_KNOWN = 300

function remember(key: string, answer: Known) {
  known.delete(key)
  known.set(key, answer)
  const [oldest] = known.keys()
  if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest)
}

function bodyOf(batch: readonly Waiting[], kept: readonly (Known | undefined)[]): string {
  const queries = batch.map(({ query }) => query)
  const etags = kept.map((one) => one?.etag ?? null)
  return JSON.stringify(kept.every((one) => one === undefined) ? { queries } : { queries, known: etags })
}

const UNKNOWN = { rollup: null, skipped: [] }
const EMPTY = { measures: {}, dimensions: {}, timeDimensions: {}, segments: {} }

/** A promise that is settled already stays as it is. */
function failAll(batch: readonly Waiting[], error: unknown) {
  const known = error instanceof RequestError ? error : new RequestError(String(error), 0, null)
  for (const { resolve } of batch) resolve(failed(known))
}

/** Cube's client takes the words from `error` and leaves the rest of the body on its own error. */
const failed = ({ message, status, code }: RequestError): LoadResponse =>
  responseOf(status === 200 ? 500 : status, { error: message, code, status })

const responseOf = (status: number, body: unknown): LoadResponse => ({
  status: status === 502 ? 503 : status,
  text: async () => JSON.stringify(body),
  json: async () => body,
})
