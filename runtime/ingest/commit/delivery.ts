import type { Transaction } from '../../warehouse/index.ts'
import type { CheckedEvent, RejectedEvent } from '../accept/event.ts'
import type { ItemResult } from '../accept/item.ts'

/** Events that were handed over together and wait for their transaction. */
export interface Delivery {
  readonly events: readonly (CheckedEvent | RejectedEvent)[]
  /** Where each came from, for the dead letters among them. */
  readonly origin: (position: number) => string
  /** Dead letters that these events are, in the same order, where they are replayed. */
  readonly letters?: readonly string[] | undefined
  /** Runs in the transaction before the events; where it answers false, they are left out. */
  readonly claim?: ((tx: Transaction) => Promise<boolean>) | undefined
}

/** An event of a delivery and what becomes of it. */
export interface Entry {
  readonly delivery: Delivery
  readonly position: number
  event: CheckedEvent | RejectedEvent
  result: ItemResult | undefined
}

export function entriesOf(delivery: Delivery): Entry[] {
  return delivery.events.map((event, position) => ({ delivery, position, event, result: undefined }))
}
