import express, { type Request, type Response, type Router } from 'express'
import { SqlError } from '../../warehouse/index.ts'
import { BusyError } from '../accept/busy-error.ts'
import type { IngestLimits } from '../accept/limits.ts'
import type { EventSink } from '../ingest.ts'
import { type EventList, readEvents, TooManyEvents } from '../json/read-events.ts'
import { eventSchemas, eventsSchema, type JsonSchema } from '../schemas/index.ts'
import { sendError, sendResults } from './answer.ts'
import { isBinaryMode, readBinaryMode } from './binary-mode.ts'
import { busy, readBody } from './body.ts'
import { ByteBudget } from './byte-budget.ts'
import { CONTENT_TYPES, formOf } from './content-type.ts'
import { HttpError } from './http-error.ts'

/** The tenant that a request may send events for. Throws where it may not. */
export type Permit = (request: Request) => IngestCaller | Promise<IngestCaller>

export interface IngestCaller {
  readonly org: string
  readonly scopes: readonly string[]
}

/** POST /v1/events and GET /schemas/events. Goes before any parser of bodies. */
export function ingestRoutes(ingest: EventSink, permit: Permit): Router {
  const router = express.Router()
  const budget = new ByteBudget(ingest.limits.queuedBytes)
  router.post('/v1/events', (request, response, next) => {
    takeEvents(ingest, permit, budget, request, response).catch((error) => {
      if (error instanceof HttpError) sendError(response, error)
      else if (!request.destroyed || request.complete) next(error)
    })
  })
  router.get('/schemas/events', (_request, response) => sendSchema(response, eventsSchema()))
  router.get('/schemas/events/:type', (request, response, next) => {
    const schema = new Map(Object.entries(eventSchemas())).get(request.params.type)
    return schema ? sendSchema(response, schema) : next()
  })
  return router
}

async function takeEvents(
  ingest: EventSink,
  permit: Permit,
  budget: ByteBudget,
  request: Request,
  response: Response,
): Promise<void> {
  const { org, scopes } = await permit(request)
  if (!scopes.includes('ingest')) throw new HttpError(403, 'AM5031', 'This needs the scope ingest.')
  const read = readerOf(request, ingest.limits)
  await orBusy(async () => ingest.admit(1))
  const { bytes, held } = await readBody(request, ingest.limits, budget)
  try {
    if (bytes.length === 0) throw new HttpError(400, 'AM7024', 'The body is empty.')
    const { events, isList } = read(bytes)
    const results = await orBusy(() => ingest.accept(org, events, { origin: 'http' }))
    sendResults(response, results, isList, prefersBrief(request))
  } finally {
    budget.give(held)
  }
}

function readerOf({ headers }: Request, limits: IngestLimits): (bytes: Buffer) => EventList {
  const form = formOf(headers['content-type'])
  if (form === undefined) {
    const said = headers['content-type'] ?? 'without a content type'
    const types = CONTENT_TYPES.join(', ')
    throw new HttpError(415, 'AM7020', `A body ${said} is not supported. Send one of: ${types}.`, { Accept: types })
  }
  if (form === 'any' && isBinaryMode(headers))
    return (bytes) => ({ events: [readBinaryMode(headers, bytes, limits)], isList: false })
  return (bytes) => {
    try {
      return readEvents(bytes, form, limits)
    } catch (error) {
      if (!(error instanceof TooManyEvents)) throw error
      throw new HttpError(413, 'AM7022', `The body has more than ${limits.eventsPerRequest} events.`)
    }
  }
}

async function orBusy<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof BusyError) throw busy(error.retryAfter)
    if (error instanceof SqlError) {
      throw new HttpError(503, 'AM7025', 'The events cannot be stored at the moment.', { 'Retry-After': '5' })
    }
    throw error
  }
}

/** RFC 7240: only what was rejected is wanted back. */
const prefersBrief = ({ headers }: Request) => String(headers.prefer ?? '').includes('return=minimal')

function sendSchema(response: Response, schema: JsonSchema) {
  response.type('application/schema+json').send(JSON.stringify(schema))
}
