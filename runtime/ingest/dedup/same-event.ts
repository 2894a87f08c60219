import { isDeepStrictEqual } from 'node:util'
import type { CheckedEvent } from '../accept/event.ts'

/** What an event says, apart from its identity. */
export type Content = Pick<CheckedEvent, 'type' | 'subject' | 'time' | 'originalTime' | 'received' | 'data'>

/** Whether two events with one identity say the same; the order of keys does not matter. */
export function isSame(a: Content, b: Content): boolean {
  if (a.type !== b.type || a.subject !== b.subject || !isSameTime(a, b)) return false
  return a.data === b.data || isDeepStrictEqual(JSON.parse(a.data), JSON.parse(b.data))
}

/** An event without a time was given that of its receipt, which differs from one delivery to the next. */
function isSameTime(a: Content, b: Content): boolean {
  const timeOf = ({ originalTime, time }: Content) => originalTime ?? time
  const hadNone = ({ time, received, originalTime }: Content) => originalTime === null && time === received
  return timeOf(a) === timeOf(b) || (hadNone(a) && hadNone(b))
}
