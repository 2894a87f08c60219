import { setMaxListeners } from 'node:events'
import type { Request, RequestHandler, Response } from 'express'

/** A handler that may fail: what it throws reaches the error handler. */
export function route(handle: (request: Request, response: Response) => Promise<void> | void): RequestHandler {
  return (request, response, next) => {
    Promise.resolve()
      .then(() => handle(request, response))
      .catch(next)
  }
}

/** Sends a line of NDJSON at once. */
export function sendLine(response: Response, value: unknown) {
  if (!response.headersSent) response.type('application/x-ndjson').setHeader('Cache-Control', 'no-store')
  response.write(`${JSON.stringify(value)}\n`)
}

export function wantsLines(request: Request): boolean {
  return (request.headers.accept ?? '').includes('application/x-ndjson')
}

/** Aborts when the client goes away before it is answered. */
export function abortSignalOf(response: Response): AbortSignal {
  const controller = new AbortController()
  // One request may ask a hundred questions.
  setMaxListeners(0, controller.signal)
  response.once('close', () => {
    if (!response.writableFinished) controller.abort()
  })
  return controller.signal
}
