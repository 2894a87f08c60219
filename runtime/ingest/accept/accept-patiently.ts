import { setTimeout as sleep } from 'node:timers/promises'
import type { AcceptOptions, Addressed, Ingest } from '../ingest.ts'
import { BusyError } from './busy-error.ts'
import type { ItemResult } from './item.ts'

/** Hands over events, as often as it takes until there is room for them. */
export async function acceptPatiently(
  ingest: Ingest,
  items: readonly Addressed[],
  options: AcceptOptions,
): Promise<readonly ItemResult[]> {
  for (;;) {
    try {
      return await ingest.acceptAll(items, options)
    } catch (error) {
      if (!(error instanceof BusyError) || !ingest.isOpen()) throw error
      await sleep(Math.min(error.retryAfter * 1000, 250))
    }
  }
}
