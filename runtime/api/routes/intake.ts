import { Type } from '@sinclair/typebox'
import { type Request, type Response, Router } from 'express'
import { fail } from '../../diagnostics/index.ts'
import { FILE_FORMATS, listDeadLetters, replayDeadLetters, takeFiles } from '../../ingest/index.ts'
import { callerOf, isLocal, needScope } from '../authenticate.ts'
import { createParser } from '../parse.ts'
import { toProblem } from '../problem.ts'
import type { Services } from '../services.ts'
import { route, sendLine } from './route.ts'

export const FilesBody = Type.Object(
  {
    files: Type.Array(Type.String({ minLength: 1 }), { minItems: 1, description: 'Absolute paths and patterns.' }),
    as: Type.Optional(Type.Union(FILE_FORMATS.map((format) => Type.Literal(format)))),
    place: Type.Optional(Type.Record(Type.String(), Type.String(), { description: 'Who and where.' })),
  },
  { additionalProperties: false },
)
const parseFiles = createParser(FilesBody, 'the body')

export const RetentionBody = Type.Object(
  { dry_run: Type.Optional(Type.Boolean({ description: 'Counts, and deletes nothing.' })) },
  { additionalProperties: false },
)
const parseRetention = createParser(RetentionBody, 'the body')

/** `POST /ingest` takes files of this machine; `GET /dead-letters` and `POST /dead-letters/replay` what was refused. */
export function intakeRoutes(services: Services, onBug: (error: unknown) => void): Router {
  const router = Router()
  router.post(
    '/ingest',
    needScope('ingest'),
    route(async (request, response) => {
      if (!isLocal(callerOf(response)))
        fail('AM5031', 'Files are read by commands of the machine the server runs on.', {
          hint: 'Use POST /v1/events.',
        })
      const { files, as, place } = parseFiles(request.body)
      const { ingest } = await services.intake()
      const org = orgOf(services, request, response)
      try {
        const onProgress = (progress: object) => sendLine(response, { progress })
        sendLine(response, { files: await takeFiles(ingest, files, { org, as, place, onProgress }) })
      } catch (error) {
        sendLine(response, { problem: toProblem(error, onBug) })
      }
      response.end()
    }),
  )
  router.get(
    '/dead-letters',
    needScope('admin'),
    route(async (request, response) => {
      const { ingest } = await services.intake()
      const org = orgOf(services, request, response)
      response.json({ dead_letters: await listDeadLetters(ingest.warehouse, { org }, { limit: 1000 }) })
    }),
  )
  router.post(
    '/dead-letters/replay',
    needScope('admin'),
    route(async (request, response) => {
      const { ingest } = await services.intake()
      response.json(await replayDeadLetters(ingest, { org: orgOf(services, request, response) }))
    }),
  )
  router.post(
    '/retention',
    needScope('admin'),
    route(async (request, response) => {
      if (!isLocal(callerOf(response)))
        fail('AM5031', 'Data of all tenants is deleted by commands of the machine the server runs on.')
      const { dry_run: dryRun = false } = parseRetention(request.body ?? {})
      response.json(await services.retain({ dryRun }))
    }),
  )
  return router
}

/** Commands of this machine name a tenant, or mean all of them. */
function orgOf({ config }: Services, { query }: Request, response: Response): string | undefined {
  const caller = callerOf(response)
  if (config.tenancy === null) return config.name
  if (!isLocal(caller)) return caller.org ?? fail('AM5031', 'Your key belongs to no organisation.')
  return typeof query.org === 'string' && query.org !== '' ? query.org : undefined
}
