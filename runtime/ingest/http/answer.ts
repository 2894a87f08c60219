import type { Response } from 'express'
import type { ItemResult } from '../accept/item.ts'
import type { HttpError } from './http-error.ts'

/** How long a client may go on sending what nobody reads before the connection is cut. */
const PATIENCE_MS = 10_000

export interface Answer {
  readonly accepted: number
  readonly duplicates: number
  readonly rejected: number
  readonly results: readonly ItemResult[]
}

/** A list answers 200 with a result for each event; a single event that is rejected answers with an error. */
export function sendResults(response: Response, results: readonly ItemResult[], isList: boolean, isBrief: boolean) {
  const count = (status: ItemResult['status']) => results.filter((result) => result.status === status).length
  const rejected = results.filter(({ status }) => status === 'rejected')
  const answer: Answer = {
    accepted: count('accepted'),
    duplicates: count('duplicate'),
    rejected: rejected.length,
    results: isBrief ? rejected : results,
  }
  response.status(isList ? 200 : statusOf(results[0])).json(answer)
}

function statusOf(result: ItemResult | undefined): number {
  if (result?.status !== 'rejected') return 200
  if (result.code === 'AM7005') return 409
  return result.code === 'AM7006' ? 413 : 400
}

export function sendError(response: Response, error: HttpError) {
  const request = response.req
  if (!request.complete) {
    // Closing at once would reset the connection before the client has read why.
    response.setHeader('Connection', 'close')
    request.resume()
    setTimeout(() => request.destroy(), PATIENCE_MS).unref()
  }
  response.status(error.status).set(error.headers).type('application/problem+json')
  response.send(JSON.stringify(error.toProblem()))
}
