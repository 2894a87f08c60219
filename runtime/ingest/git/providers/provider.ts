import type { IncomingHttpHeaders } from 'node:http'
import type { Change } from '../change.ts'
import type { Payload } from '../payload.ts'

/** How one git provider's webhooks are checked and read. */
export interface Provider {
  readonly name: 'github' | 'gitlab' | 'bitbucket'
  /** Whether the sender knows the secret. */
  isGenuine(body: Buffer, headers: IncomingHttpHeaders, secret: string): boolean
  /** The kind of event, as the provider calls it. */
  eventOf(headers: IncomingHttpHeaders): string
  /** What it says; null for what nobody here asks about. */
  read(event: string, payload: Payload): Change | null
}
