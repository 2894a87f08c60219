import type { ErrorRequestHandler, RequestHandler, Response } from 'express'
import { type Code, catalogue, type Diagnostic, diagnostic, UserError } from '../diagnostics/index.ts'

/** RFC 9457, with the diagnostics in full. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly diagnostics: readonly Diagnostic[]
}

const STATUS: Partial<Record<Code, number>> = {
  AM8030: 404,
  AM8034: 404,
  AM5010: 404,
  AM5030: 401,
  AM5031: 403,
  AM5032: 429,
  AM5034: 404,
  AM5035: 413,
  AM8001: 404,
  AM8002: 404,
  AM8003: 409,
  AM8010: 404,
  AM8015: 404,
  AM5041: 409,
  AM5042: 410,
  AM5043: 409,
  AM5044: 404,
  AM5046: 429,
  AM5048: 404,
  AM5049: 409,
  AM5052: 502,
  AM5053: 409,
  AM5054: 409,
}

export function problemOf(diagnostics: readonly Diagnostic[]): Problem {
  const first = diagnostics[0]
  const code = first?.code ?? 'AM6000'
  return {
    type: `urn:agent-metrics:${code}`,
    title: catalogue[code].title,
    status: statusOf(code),
    detail: [first?.message, first?.hint].filter((text) => text !== undefined).join(' '),
    diagnostics,
  }
}

export function sendProblem(response: Response, problem: Problem) {
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
}

/** The last handler: turns what was thrown into an answer. A bug keeps its message to itself. */
export function answerErrors(onBug: (error: unknown) => void): ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (response.headersSent) return next(error)
    sendProblem(response, toProblem(error, onBug))
  }
}

export const notFound: RequestHandler = (request, response) => {
  const hint = 'The routes are described at /api/v1/openapi.json.'
  sendProblem(response, problemOf([diagnostic('AM5034', `There is no ${request.method} ${request.path}.`, { hint })]))
}

export function toProblem(error: unknown, onBug: (error: unknown) => void): Problem {
  if (error instanceof UserError) return problemOf(error.diagnostics)
  const status = bodyParserStatus(error)
  if (status === 413) return problemOf([diagnostic('AM5035', 'The request body is larger than 1 MiB.')])
  if (status !== undefined) return problemOf([diagnostic('AM5033', `The body cannot be read: ${String(error)}`)])
  onBug(error)
  return { ...problemOf([]), detail: 'The server made a mistake; its log says which.' }
}

/** Errors of express.json carry a status below 500: the client's fault. */
function bodyParserStatus(error: unknown): number | undefined {
  const status = error instanceof Error && 'status' in error ? error.status : undefined
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined
}

function statusOf(code: Code): number {
  if (code === 'AM6000') return 500
  if (STATUS[code] !== undefined) return STATUS[code]
  if (/^AM30/.test(code)) return 503
  return 400
}
