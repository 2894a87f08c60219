import { type Request, type RequestHandler, type Response, Router } from 'express'
import { UserError } from '../../diagnostics/index.ts'
import { BusyError } from '../accept/busy-error.ts'
import { readBody } from '../http/body.ts'
import { ByteBudget } from '../http/byte-budget.ts'
import { HttpError } from '../http/http-error.ts'
import type { Permit } from '../http/routes.ts'
import type { Ingest } from '../ingest.ts'
import { agentMappings } from './agents/index.ts'
import { type AgentMapping, createInterpreter } from './mapping/index.ts'
import { createMemory } from './memory/index.ts'
import { answerExport, type Encoding, Malformed, type Refusal, readExport, refuse, type Signal } from './otlp/index.ts'
import { createRecall, createReceiver, type Received, type Receiver } from './receive/index.ts'
import { DEFAULT_TELEMETRY, type TelemetrySettings } from './settings.ts'

export interface TelemetryOptions {
  readonly ingest: Ingest
  readonly permit: Permit
  readonly settings?: TelemetrySettings
  /** Mappings of further agents; they come first. */
  readonly mappings?: readonly AgentMapping[]
  readonly now?: () => number
  /** Told of every request that was taken. */
  readonly onReceived?: (org: string, signal: Signal, received: Received) => void
  readonly onBug?: (error: unknown) => void
}

/** `POST /v1/metrics`, `/v1/logs` and `/v1/traces` of OTLP/HTTP. Mount it before anything that reads bodies. */
export function telemetryRoutes(options: TelemetryOptions): Router {
  const { ingest, settings = DEFAULT_TELEMETRY, now = Date.now } = options
  const mappings = [...(options.mappings ?? []), ...agentMappings]
  const memory = createMemory(settings.gapSeconds * 1000)
  const receive = createReceiver({
    ingest,
    memory,
    now,
    interpret: createInterpreter(mappings, new Set(settings.keep)),
    recall: createRecall({ warehouse: ingest.warehouse, memory, mappings, days: settings.memoryDays, now }),
  })
  const router = Router()
  const budget = new ByteBudget(ingest.limits.queuedBytes)
  for (const signal of ['metrics', 'logs', 'traces'] as const) {
    router.post(`/v1/${signal}`, exportHandler(signal, options, receive, budget))
  }
  return router
}

function exportHandler(
  signal: Signal,
  options: TelemetryOptions,
  receive: Receiver,
  budget: ByteBudget,
): RequestHandler {
  const { ingest, permit, onReceived, onBug } = options
  const handle = async (request: Request, response: Response, encoding: Encoding) => {
    const { org, scopes } = await permit(request)
    if (!scopes.includes('ingest')) throw new HttpError(403, 'AM5031', 'This needs the scope ingest.')
    ingest.admit(1)
    const { bytes, held } = await readBody(request, ingest.limits, budget)
    try {
      const { records, rejected } = readExport(signal, encoding, bytes)
      const received = await receive(org, records)
      onReceived?.(org, signal, received)
      answerExport(response, encoding, signal, [...rejected, ...received.rejected])
    } finally {
      budget.give(held)
    }
  }
  return (request, response) => {
    const encoding = encodingOf(request)
    if (encoding === null) {
      const message = 'Content-Type must be application/x-protobuf or application/json.'
      return turnAway(request, response, 'json', { status: 415, message })
    }
    handle(request, response, encoding).catch((error) => {
      turnAway(request, response, encoding, refusalOf(error, onBug))
    })
  }
}

function encodingOf(request: Request): Encoding | null {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase()
  if (type === 'application/x-protobuf' || type === 'application/protobuf') return 'protobuf'
  return type === 'application/json' ? 'json' : null
}

/** How long a sender may go on with what nobody reads before the connection is cut. */
const PATIENCE_MS = 10_000

/** What was not read of the body is let go, so that the sender gets to the answer. */
function turnAway(request: Request, response: Response, encoding: Encoding, refusal: Refusal): void {
  if (!request.complete) {
    response.setHeader('Connection', 'close')
    request.resume()
    setTimeout(() => request.destroy(), PATIENCE_MS).unref()
  }
  refuse(response, encoding, refusal)
}

const STATUS: Readonly<Record<string, number>> = { AM5030: 401, AM5031: 403, AM5032: 429, AM7026: 400 }

function refusalOf(error: unknown, onBug: TelemetryOptions['onBug']): Refusal {
  if (error instanceof BusyError) return { status: 429, message: error.message, retryAfter: String(error.retryAfter) }
  if (error instanceof HttpError) {
    return { status: error.status, message: error.message, retryAfter: error.headers['Retry-After'] }
  }
  if (error instanceof Malformed) return { status: 400, message: error.message }
  if (error instanceof UserError) {
    const first = error.diagnostics[0]
    return { status: STATUS[first?.code ?? ''] ?? 503, message: first?.message ?? error.message }
  }
  onBug?.(error)
  // Senders come back after a 503, and what they send again is told apart by its ids.
  return { status: 503, message: 'The telemetry cannot be stored at the moment.', retryAfter: '5' }
}
