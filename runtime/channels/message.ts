import type { About } from './alert-sight.ts'

/** Something to tell over a channel. */
export interface Message {
  /** The same key is never sent twice on one channel of one tenant. */
  readonly key: string
  readonly org: string | null
  /** Name of the channel. */
  readonly channel: string
  readonly kind: 'alert' | 'report' | 'budget_limit' | 'test'
  readonly status: 'firing' | 'resolved' | 'acknowledged' | 'info'
  readonly severity: Severity
  /** The incident it belongs to: what channels deduplicate by. */
  readonly group: string
  readonly title: string
  readonly text: string
  readonly fields: readonly { readonly label: string; readonly value: string }[]
  /** A path is completed by the address of the server. The first one is where the message leads. */
  readonly links: readonly { readonly label: string; readonly href: string }[]
  readonly at: Date
  /** Whom it may be shown to is up to what they may see of this. */
  readonly about?: About
  readonly attachments?: readonly Attachment[]
  /** Body of an e-mail, in the place of the usual one. */
  readonly html?: string
  /** What a generic webhook gets, in the place of the message itself. */
  readonly event?: { readonly type: string; readonly data: unknown }
  /** Takes the place of the channel's own addresses, where it has any. */
  readonly to?: readonly string[]
}

export type Severity = 'info' | 'warning' | 'critical'

export interface Attachment {
  readonly name: string
  /** Media type. */
  readonly type: string
  readonly content: Uint8Array
  /** Where the HTML shows it: `cid:<this>`. */
  readonly cid?: string
}
