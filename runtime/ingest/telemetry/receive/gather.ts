import { type Data, type Draft, digest } from '../mapping/index.ts'
import { finishCost, finishTokens, isNothing } from '../usage/index.ts'
import { type CanonicalEvent, sourceOf, toEvent, toTime } from './canonical-event.ts'

/** An event with the positions of the records that it tells of. */
export interface Gathered {
  readonly event: CanonicalEvent
  readonly records: readonly number[]
}

export interface Placed {
  readonly draft: Draft
  readonly record: number
}

/** Makes events of drafts; those of one key become one, which is then complete enough to have a price. */
export function gather(placed: readonly Placed[]): readonly Gathered[] {
  const groups = new Map<string, Placed[]>()
  for (const [position, each] of placed.entries()) {
    const key = each.draft.gather ?? `#${position}`
    const group = groups.get(key)
    if (group) group.push(each)
    else groups.set(key, [each])
  }
  return [...groups.values()]
    .map((group) => ({ event: merge(group), records: group.map(({ record }) => record) }))
    .filter(({ event }) => event.type !== 'agent.cost.recorded' || !isNothing(event.data))
}

function merge(group: readonly Placed[]): CanonicalEvent {
  const drafts = group.map(({ draft }) => draft)
  const [first] = drafts
  if (first === undefined) throw new RangeError('Nothing to merge.')
  const ids = drafts.map(({ id }) => id).sort()
  const time = toTime(first.time)
  const data = finish(
    first,
    drafts.length === 1 ? first.data : drafts.reduce<Data>((all, { data }) => add(all, data), {}),
    new Date(time),
  )
  const id = ids.length === 1 ? first.id : digest(ids)
  return toEvent({ id, source: sourceOf(first.agent), type: first.type, time, data }, first.session)
}

function finish({ type, usage }: Draft, data: Data, at: Date): Data {
  const finished = finishTokens(data, usage ?? {})
  return type === 'agent.cost.recorded' ? finishCost(finished, at) : finished
}

/** Points of one series may come several times in a request: their numbers add up. */
function add(all: Data, more: Data): Data {
  const sum: Record<string, unknown> = { ...all }
  for (const [key, value] of Object.entries(more)) {
    const known = sum[key]
    if (typeof known === 'number' && typeof value === 'number') sum[key] = known + value
    else if (key === 'series') sum[key] = { ...(known ?? {}), ...(value as object) }
    else sum[key] = value
  }
  return sum
}
