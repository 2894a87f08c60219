import type { Response } from 'express'
import { encodeAnswer, encodeStatus } from './protobuf.ts'
import type { Signal } from './record.ts'

export type Encoding = 'json' | 'protobuf'

const contentTypes = { json: 'application/json', protobuf: 'application/x-protobuf' } as const
const rejectedFields = {
  logs: 'rejectedLogRecords',
  metrics: 'rejectedDataPoints',
  traces: 'rejectedSpans',
} as const
/** Codes of google.rpc. */
const rpcCodes: Readonly<Record<number, number>> = { 400: 3, 401: 16, 403: 7, 413: 3, 415: 3, 429: 8, 503: 14 }

/** 200: full success leaves partial_success unset; with rejected records it says how many and why. */
export function answerExport(
  response: Response,
  encoding: Encoding,
  signal: Signal,
  rejected: readonly string[],
): void {
  const answer =
    rejected.length === 0
      ? {}
      : { partialSuccess: { [rejectedFields[signal]]: rejected.length, errorMessage: summary(rejected) } }
  send(response.status(200), encoding, encoding === 'json' ? jsonCounts(answer) : encodeAnswer(signal, answer))
}

export interface Refusal {
  readonly status: number
  readonly message: string
  /** Seconds. */
  readonly retryAfter?: string | undefined
}

export function refuse(response: Response, encoding: Encoding, refusal: Refusal): void {
  if (refusal.retryAfter !== undefined) response.set('Retry-After', refusal.retryAfter)
  const status = { code: rpcCodes[refusal.status] ?? 2, message: refusal.message }
  send(response.status(refusal.status), encoding, encoding === 'json' ? JSON.stringify(status) : encodeStatus(status))
}

function send(response: Response, encoding: Encoding, body: string | Buffer): void {
  response.setHeader('Content-Type', contentTypes[encoding]).end(body)
}

/** 64-bit integers are strings in OTLP/JSON. */
function jsonCounts(answer: object): string {
  return JSON.stringify(answer, (key, value) => (key.startsWith('rejected') ? String(value) : value))
}

/** Each reason once with its count, so that a batch of equal mistakes stays readable. */
function summary(reasons: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return [...counts]
    .slice(0, 10)
    .map(([reason, count]) => (count === 1 ? reason : `${reason} (${count} times)`))
    .join('; ')
}
