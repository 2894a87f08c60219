import type { QueryDefinition } from '../../runtime/definitions/index.ts'
import { reasonOf } from './project.ts'

export type Row = Readonly<Record<string, string | number | boolean | null>>

export interface Answer {
  readonly rows: readonly Row[]
}

interface Waiting {
  readonly query: QueryDefinition
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: Error) => void
}

const KEPT = 200
const answers = new Map<string, Promise<Answer>>()
let waiting: Waiting[] = []

/** The answer of a query. Questions of one moment travel in one request and are answered as each is ready. */
export function ask(query: QueryDefinition): Promise<Answer> {
  const key = keyOf(query)
  const known = answers.get(key)
  if (known !== undefined) return known
  const answer = new Promise<Answer>((resolve, reject) => {
    if (waiting.length === 0) queueMicrotask(send)
    waiting.push({ query, resolve, reject })
  })
  if (answers.size >= KEPT) answers.clear()
  answers.set(key, answer)
  answer.catch(() => answers.delete(key))
  return answer
}

export function keyOf(query: QueryDefinition): string {
  return JSON.stringify(query)
}

async function send() {
  const batch = waiting
  waiting = []
  try {
    const response = await fetch('/api/v1/query', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/x-ndjson' },
      body: JSON.stringify({ queries: batch.map(({ query }) => query) }),
    })
    if (!response.ok || response.body === null) throw new Error(await reasonOf(response))
    await readLines(response.body, batch)
    rejectAll(batch, new Error('The server broke off its answer.'))
  } catch (error) {
    rejectAll(batch, error instanceof Error ? error : new Error(String(error)))
  }
}

/** A promise that is settled already stays as it is. */
function rejectAll(batch: readonly Waiting[], error: Error) {
  for (const { reject } of batch) reject(error)
}

async function readLines(body: ReadableStream<Uint8Array>, batch: readonly Waiting[]) {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    const lines = (rest + decoder.decode(value, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line !== '') settle(JSON.parse(line), batch)
  }
}

function settle(line: { index: number; answer?: Answer; problem?: { detail: string } }, batch: readonly Waiting[]) {
  const asked = batch[line.index]
  if (line.answer !== undefined) asked?.resolve(line.answer)
  else asked?.reject(new Error(line.problem?.detail ?? 'The server gave no answer.'))
}
