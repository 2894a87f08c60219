import { Router } from 'express'
import type { LiveState } from '../../preview/index.ts'
import { callerOf, needScope } from '../authenticate.ts'
import type { Services } from '../services.ts'
import { route } from './route.ts'

/** Proxies and browsers give up on silence. */
const HEARTBEAT = 20_000

/** `GET /changes` streams what happens to files that are edited; `GET /preview` says which version this is and what differs. */
export function changeRoutes({ changes }: Services): Router {
  const router = Router()
  router.get(
    '/changes',
    needScope('query'),
    route((request, response) => {
      if (changes.mode() !== 'dev') return void response.status(204).end()
      // Sources are for those who may change them.
      const isEditor = callerOf(response).role === 'admin'
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store, no-transform' })
      const tell = ({ revision, problems }: LiveState) =>
        void response.write(`data: ${JSON.stringify({ revision, problems: isEditor ? problems : [] })}\n\n`)
      const beat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT)
      const leave = changes.follow(tell, () => response.end())
      request.once('close', () => {
        clearInterval(beat)
        leave()
      })
      tell(changes.state())
    }),
  )
  router.get(
    '/preview',
    needScope('query'),
    route((_request, response) => {
      const preview = changes.preview()
      response.setHeader('Cache-Control', 'no-store')
      if (preview === null) return void response.status(204).end()
      const isEditor = callerOf(response).role === 'admin'
      // In what changed there are names that a role may not see.
      response.json(isEditor ? preview : { ...preview, changes: [], widgets: [] })
    }),
  )
  return router
}
