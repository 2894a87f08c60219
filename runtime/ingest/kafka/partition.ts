import type { Batch } from 'kafkajs'
import { acceptPatiently } from '../accept/accept-patiently.ts'
import type { Ingest } from '../ingest.ts'
import { movePosition, type PartitionId, readPosition } from './positions.ts'
import { readMessage } from './read-message.ts'

/** A partition that is ours: where it stands, and the way of its messages into the warehouse. */
export class Partition {
  readonly id: PartitionId
  /** The offset to be read next. */
  next: number
  /** The first offset that is not written yet, as the broker told it last. */
  high: number
  /** Messages that the broker deleted before they were read. */
  readonly lost: number
  #stored: number | undefined
  #sought: number | undefined

  constructor(
    id: PartitionId,
    stored: number | undefined,
    { low, high }: { readonly low: number; readonly high: number },
  ) {
    this.id = id
    this.next = Math.max(stored ?? 0, low)
    this.high = high
    this.lost = stored === undefined ? 0 : this.next - stored
    this.#stored = stored
  }

  static async open(ingest: Ingest, id: PartitionId, range: { readonly low: number; readonly high: number }) {
    return new Partition(id, await readPosition(ingest.warehouse, id), range)
  }

  get lag(): number {
    return Math.max(0, this.high - this.next)
  }

  /** False where a batch begins behind the next offset: then that must be sought, once, since it may be empty. */
  follows(fetched: number): boolean {
    if (fetched <= this.next) return true
    if (this.#sought !== this.next) {
      this.#sought = this.next
      return false
    }
    this.next = fetched
    return true
  }

  /** Takes messages and moves the position behind them in one transaction. Throws a ClaimError if it was moved. */
  async take(ingest: Ingest, messages: Batch['messages'], next: number, org: string | undefined): Promise<void> {
    const { id } = this
    const stored = this.#stored
    await acceptPatiently(
      ingest,
      messages.map((message) => readMessage(message, { org, limits: ingest.limits })),
      {
        origin: (position) => `kafka:${id.topic}/${id.partition}/${messages[position]?.offset}`,
        claim: (tx) => movePosition(tx, id, stored, next),
      },
    )
    this.#stored = next
    this.next = next
  }
}
