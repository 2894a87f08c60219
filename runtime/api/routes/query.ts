import { createHash } from 'node:crypto'
import { type Request, type Response, Router } from 'express'
import type { QueryDefinition } from '../../definitions/index.ts'
import type { SecurityContext, SemanticLayer, WrittenAnswer } from '../../semantic/index.ts'
import { callerOf, isLocal, needScope } from '../authenticate.ts'
import { createEncoder, isKnown, type SendEncoded, streamLines } from '../encoded.ts'
import { type Ask, parseAsk, parseAskText } from '../parse-ask.ts'
import { toProblem } from '../problem.ts'
import type { Services } from '../services.ts'
import { abortSignalOf, route, wantsLines } from './route.ts'

const ERRORS_HEADER = 'X-Definition-Errors'

/**
 * `POST /query` answers one question, or with `queries` many at once: as they are answered, where NDJSON is accepted.
 * `GET /query?q=` answers the same with an ETag, so that a caller who has the answer is not sent it again.
 */
export function queryRoutes(services: Services, onBug: (error: unknown) => void): Router {
  const router = Router()
  const send = createEncoder()
  const scope = needScope('query')
  const answer = async (request: Request, response: Response, ask: Ask) => {
    const { layer, context } = await resolve(services, response, ask)
    response.setHeader('Cache-Control', request.method === 'GET' ? 'private, no-cache' : 'no-store')
    if (ask.sql) return void response.json(await layer.sql(ask.query ?? {}, context))
    const signal = abortSignalOf(response)
    const read = (query: QueryDefinition) => layer.read(query, context, { signal })
    if (ask.query !== undefined) return sendOne(request, response, send, await read(ask.query))
    const parts = ask.queries.map((query, index) => settled(read(query), { index, known: ask.known[index], onBug }))
    await (wantsLines(request) ? sendLines : sendList)(request, response, send, parts)
  }
  router.post(
    '/query',
    scope,
    route((request, response) => answer(request, response, parseAsk(request.body))),
  )
  router.get(
    '/query',
    scope,
    route((request, response) => answer(request, response, parseAskText(request.query.q))),
  )
  return router
}

/** Commands of this machine may ask as anybody, and of the files as they are now. */
async function resolve(services: Services, response: Response, { as, draft }: Ask) {
  const caller = callerOf(response)
  if (!isLocal(caller)) return { layer: services.semantic, context: await services.contextOf(caller) }
  const layer: SemanticLayer = draft ? await draftLayer(services, response) : services.semantic
  const org = as?.org ?? (await services.onlyTenant())
  const context: SecurityContext = await services.contextOf({ org, role: as?.role ?? 'admin', user: as?.user ?? null })
  return { layer, context }
}

/** The command that asks tells how much of the files was left out. */
async function draftLayer(services: Services, response: Response): Promise<SemanticLayer> {
  const { layer, errors } = await services.draft()
  if (errors > 0) response.setHeader(ERRORS_HEADER, errors)
  return layer
}

/** What is sent for one of several questions, and what stands for it in the name of all. */
interface Part {
  readonly text: string
  readonly tag: string | null
  readonly cached?: boolean
}

interface Place {
  readonly index: number
  readonly known: string | null | undefined
  readonly onBug: (error: unknown) => void
}

/** One failed question leaves the others alone. */
async function settled(answer: Promise<WrittenAnswer>, { index, known, onBug }: Place): Promise<Part> {
  try {
    const { text, etag, cached } = await answer
    if (known === etag) return { text: `{"index":${index},"etag":"${etag}","unchanged":true}`, tag: `=${etag}` }
    return { text: `{"index":${index},"etag":"${etag}","answer":${text}}`, tag: etag, cached }
  } catch (error) {
    return { text: JSON.stringify({ index, problem: toProblem(error, onBug) }), tag: null }
  }
}

function sendOne(request: Request, response: Response, send: SendEncoded, { text, etag, cached }: WrittenAnswer) {
  response.type('json')
  if (answersKnown(request, response, etag)) return
  return send(request, response, `1 ${etag} ${cached}`, text)
}

async function sendList(request: Request, response: Response, send: SendEncoded, parts: readonly Promise<Part>[]) {
  const all = await Promise.all(parts)
  response.type('json')
  if (answersKnown(request, response, nameOf('same', all))) return
  await send(
    request,
    response,
    nameOf(`list ${all.map(({ cached }) => cached)}`, all),
    `{"answers":[${all.map(({ text }) => text).join(',')}]}`,
  )
}

/** Answers travel together with what comes at the same time: a page draws all at once sooner than one by one. */
async function sendLines(request: Request, response: Response, send: SendEncoded, parts: readonly Promise<Part>[]) {
  response.type('application/x-ndjson')
  const all = await soon(Promise.all(parts))
  if (all !== undefined) {
    return send(
      request,
      response,
      nameOf(`lines ${all.map(({ cached }) => cached)}`, all),
      `${all.map(({ text }) => text).join('\n')}\n`,
    )
  }
  const stream = streamLines(request, response)
  const waiting: string[] = []
  const flush = () => {
    if (waiting.length > 0) stream.write(`${waiting.splice(0).join('\n')}\n`)
  }
  const timer = setInterval(flush, TOGETHER)
  await Promise.all(parts.map(async (part) => waiting.push((await part).text)))
  clearInterval(timer)
  flush()
  stream.end()
}

const SOON = 4
const TOGETHER = 100

function soon<T>(work: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(undefined), SOON)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

function answersKnown(request: Request, response: Response, name: string): boolean {
  if (request.method !== 'GET') return false
  const etag = `"${name}"`
  response.setHeader('ETag', etag)
  if (!isKnown(request, etag)) return false
  response.status(304).end()
  return true
}

/** The name of several answers together; a problem has none, so one with it is never the same as another. */
function nameOf(kind: string, parts: readonly Part[]): string {
  const tags = parts.map(({ tag, text }) => tag ?? text).join(' ')
  return createHash('sha256').update(`${kind} ${tags}`).digest('base64url').slice(0, 27)
}
