import { CubeApi, RequestError as CubeError, type Query } from '@cubejs-client/core'
import type { QueryDefinition } from '../../runtime/definitions/index.ts'
import { RequestError } from './request.ts'
import { createTransport } from './transport.ts'

export type Row = Readonly<Record<string, string | number | boolean | null>>

export interface Answer {
  readonly rows: readonly Row[]
  /** True where there are more rows than an answer may have. */
  readonly truncated: boolean
  /** Which stored aggregate answered, or why none did. */
  readonly served: Served
}

export interface Served {
  readonly rollup: string | null
  readonly skipped: readonly { readonly rollup: string; readonly reason: string }[]
}

export const cubeApi = new CubeApi({ apiUrl: '/api/v1', transport: createTransport('/api/v1/query') })

interface Entry {
  readonly answer: Promise<Answer>
  readonly controller: AbortController
  users: number
  settled: boolean
}

const KEPT = 300
const entries = new Map<string, Entry>()

export interface Asking {
  readonly answer: Promise<Answer>
  /** Says that the answer is not waited for any more; what nobody waits for is given up. */
  readonly release: () => void
}

/** The answer of a query, asked once however many widgets want it. */
export function ask(query: QueryDefinition): Asking {
  const key = keyOf(query)
  const entry = entries.get(key) ?? open(key, query)
  entry.users += 1
  let released = false
  return {
    answer: entry.answer,
    release: () => {
      if (released) return
      released = true
      entry.users -= 1
      if (entry.users > 0 || entry.settled) return
      entry.controller.abort()
      forget(key, entry)
    },
  }
}

/** Forgets all answers: the data changed. Who shows one asks again. */
export const forgetAnswers = () => entries.clear()

export const keyOf = (query: QueryDefinition): string => JSON.stringify(query)

function open(key: string, query: QueryDefinition): Entry {
  const controller = new AbortController()
  const entry: Entry = { answer: load(query, controller.signal), controller, users: 0, settled: false }
  if (entries.size >= KEPT) dropOldest()
  entries.set(key, entry)
  entry.answer.then(
    () => {
      entry.settled = true
    },
    () => forget(key, entry),
  )
  return entry
}

/** Cube's client carries a query in whatever words the server understands; ours are those of the metrics. */
async function load(query: QueryDefinition, signal: AbortSignal): Promise<Answer> {
  try {
    const result = await cubeApi.load(query as unknown as Query, { signal })
    const { truncated, served } = result.annotation() as unknown as Pick<Answer, 'truncated' | 'served'>
    return sameAnswer({ rows: result.rawData() as readonly Row[], truncated, served })
  } catch (error) {
    if (!(error instanceof CubeError)) throw error
    const { status, code } = error.response as { status?: number; code?: string | null }
    throw new RequestError(error.message, status ?? 0, code ?? null)
  }
}

const byRows = new WeakMap<readonly Row[], Answer>()

/** Rows that did not change since are the same object, and so is their answer: nothing is drawn again for it. */
function sameAnswer(answer: Answer): Answer {
  const before = byRows.get(answer.rows)
  if (before !== undefined) return before
  byRows.set(answer.rows, answer)
  return answer
}

function forget(key: string, entry: Entry) {
  if (entries.get(key) === entry) entries.delete(key)
}

function dropOldest() {
  const settled = [...entries].filter(([, entry]) => entry.settled && entry.users === 0)
  for (const [key] of settled.slice(0, KEPT / 2)) entries.delete(key)
}
