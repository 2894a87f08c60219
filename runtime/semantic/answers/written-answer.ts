import { createHash } from 'node:crypto'
import type { QueryAnswer } from './answer.ts'

/** An answer as it travels. */
export interface WrittenAnswer {
  /** Its JSON. */
  readonly text: string
  /** Changes with what the answer says, and only then. */
  readonly etag: string
  readonly cached: boolean
}

interface Written {
  readonly start: string
  readonly etag: string
}

/** Writes each answer once, however many are to read it. */
export function createWriter(): (answer: QueryAnswer, cached: boolean) => WrittenAnswer {
  const known = new WeakMap<QueryAnswer, Written>()
  return (answer, cached) => {
    const { start, etag } = known.get(answer) ?? write(answer)
    known.set(answer, { start, etag })
    return { text: `${start},"cached":${cached}}`, etag, cached }
  }
}

function write({ cached: _cached, ...said }: QueryAnswer): Written {
  const text = JSON.stringify(said)
  return { start: text.slice(0, -1), etag: createHash('sha256').update(text).digest('base64url').slice(0, 20) }
}
