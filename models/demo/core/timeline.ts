import type { Happening } from './event.ts'

/** What begins on a day. Nothing that comes after this batch was received before `from`. */
export interface Batch {
  readonly from: number
  readonly happenings: Iterable<Happening>
}

/** What was received after `since` and up to `until`, in this order, keeping only what may still be overtaken. */
export function* inOrder(batches: Iterable<Batch>, since: number, until: number): Generator<Happening> {
  let waiting: Happening[] = []
  for (const { from, happenings } of batches) {
    for (const happening of happenings) {
      if (happening.received > since && happening.received <= until) waiting.push(happening)
    }
    waiting.sort((a, b) => a.received - b.received)
    const ready = waiting.findIndex(({ received }) => received >= from)
    const count = ready === -1 ? waiting.length : ready
    yield* waiting.slice(0, count)
    waiting = waiting.slice(count)
  }
  yield* waiting
}
