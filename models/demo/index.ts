import { DEFAULT_ORGANISATIONS, type OrganisationPlan } from './catalogue/organisations.ts'
import { type DemoEvent, toEvent } from './core/event.ts'
import { DAY } from './core/local-time.ts'
import { createStory } from './core/story.ts'
import { inOrder } from './core/timeline.ts'
import { createOrganisation } from './organisation/organisation.ts'
import { type Episode, tell } from './tell.ts'

export { DEFAULT_ORGANISATIONS, type DemoEvent }

export interface DemoOptions {
  readonly seed?: number
  /** Days of the story that are told, the last ones; all of its thirteen months by default. */
  readonly days?: number
  /** The last instant; nothing is later. Now, by default. */
  readonly until?: Date
  readonly organisations?: readonly OrganisationPlan[]
}

export interface LiveOptions extends DemoOptions {
  /** The instant up to which events are there already. */
  readonly since: Date
  /** From when on the platform is looked at every minute: the others are to fill a gap. */
  readonly liveFrom: Date
}

/** Events of made-up organisations, in the order they were received. The same options give the same events. */
export function* generateEvents(options: DemoOptions = {}): Generator<DemoEvent> {
  const end = (options.until ?? new Date()).getTime()
  const { story, organisations, first } = world(options, end)
  for (const organisation of organisations) {
    const episode: Episode = { first, last: story.lastDay, liveFrom: Number.POSITIVE_INFINITY }
    for (const happening of inOrder(tell(story, organisation, episode), Number.NEGATIVE_INFINITY, end)) {
      if (happening.time <= end) yield toEvent(organisation.id, happening)
    }
  }
}

/** How long something of a day may go on, such as a pull request that waits for its review. */
const AFTERMATH = 16 * DAY

/** What follows on the events of the same options, without an end, the organisations together in the order of receipt. */
export function* generateLive(options: LiveOptions): Generator<DemoEvent> {
  const since = options.since.getTime()
  const { story, organisations, first } = world(options, (options.until ?? options.since).getTime())
  const episode: Episode = {
    first: Math.max(first, Math.floor(since / DAY) * DAY - AFTERMATH),
    last: Number.POSITIVE_INFINITY,
    liveFrom: options.liveFrom.getTime(),
  }
  const streams = organisations.map((organisation) => {
    const happenings = inOrder(tell(story, organisation, episode), since, Number.POSITIVE_INFINITY)
    return { organisation, happenings, next: happenings.next() }
  })
  for (;;) {
    const open = streams.filter(({ next }) => next.done !== true)
    const [soonest, ...others] = open
    if (soonest === undefined) return
    const stream = others.reduce((best, each) => (receivedAt(each.next) < receivedAt(best.next) ? each : best), soonest)
    if (stream.next.done !== true) yield toEvent(stream.organisation.id, stream.next.value)
    stream.next = stream.happenings.next()
  }
}

const receivedAt = (next: IteratorResult<{ readonly received: number }>) =>
  next.done === true ? Number.POSITIVE_INFINITY : next.value.received

function world({ seed = 1, days, organisations = DEFAULT_ORGANISATIONS }: DemoOptions, end: number) {
  const story = createStory(seed, end, days)
  return {
    story,
    organisations: organisations.map((plan) => createOrganisation(story, plan)),
    first: days === undefined ? story.start : story.lastDay - days * DAY,
  }
}
