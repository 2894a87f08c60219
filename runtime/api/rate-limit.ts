import type { Request, RequestHandler, Response } from 'express'
import { diagnostic } from '../diagnostics/index.ts'
import { callerOf, isLocal } from './authenticate.ts'
import { problemOf, sendProblem } from './problem.ts'

export interface RateLimit {
  readonly perMinute: number
  readonly burst: number
}

interface Bucket {
  left: number
  at: number
}

/** A token bucket for each key or session. */
export function limitRate(limit: RateLimit, now = Date.now): RequestHandler {
  return limitBy(limit, now, (_request, response) => {
    const caller = callerOf(response)
    return isLocal(caller) ? undefined : caller.credential
  })
}

/** A token bucket for each address, where nobody is known yet. */
export function limitAddress(limit: RateLimit, now = Date.now): RequestHandler {
  return limitBy(limit, now, ({ ip }) => ip ?? '')
}

type Who = (request: Request, response: Response) => string | undefined

/** Refuses before any work is done, and says when to come back. */
function limitBy({ perMinute, burst }: RateLimit, now: () => number, whoOf: Who): RequestHandler {
  const buckets = new Map<string, Bucket>()
  return (request, response, next) => {
    const who = whoOf(request, response)
    if (who === undefined) return next()
    const bucket = refill(buckets.get(who), perMinute, burst, now())
    if (buckets.size > 10_000) buckets.clear()
    buckets.set(who, bucket)
    response.setHeader('RateLimit-Limit', perMinute)
    response.setHeader('RateLimit-Remaining', Math.max(0, Math.floor(bucket.left - 1)))
    if (bucket.left < 1) {
      const seconds = Math.ceil(((1 - bucket.left) * 60) / perMinute)
      response.setHeader('Retry-After', seconds)
      return sendProblem(response, problemOf([diagnostic('AM5032', `Too many requests; wait ${seconds} s.`)]))
    }
    bucket.left -= 1
    next()
  }
}

function refill(bucket: Bucket | undefined, perMinute: number, burst: number, at: number): Bucket {
  if (bucket === undefined) return { left: burst, at }
  return { left: Math.min(burst, bucket.left + ((at - bucket.at) * perMinute) / 60_000), at }
}
