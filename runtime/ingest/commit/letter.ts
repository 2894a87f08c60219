import { createHash } from 'node:crypto'
import type { RejectedEvent } from '../accept/event.ts'

/** The same event, refused for the same reason, is one letter however often it comes. */
export function letterId({ org, rejection, payload }: RejectedEvent): string {
  return createHash('sha256').update(`${org}\n${rejection.code}\n${payload}`).digest('hex').slice(0, 32)
}
