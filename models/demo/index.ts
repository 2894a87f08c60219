import { type DemoEvent, type Happening, toEvent } from './event.ts'
import { DAY, HOUR, localInstant } from './local-time.ts'
import {
  createOrganisation,
  DEFAULT_ORGANISATIONS,
  type Organisation,
  type OrganisationPlan,
  type User,
} from './organisation.ts'
import { leaveDay, organisationEvents, seatDay } from './organisation-events.ts'
import { pullRequestEvents } from './pull-request-events.ts'
import { createRandom } from './random.ts'
import { dayFactor, growth, incidents, type Span } from './season.ts'
import { createSession } from './session.ts'
import { sessionEvents } from './session-events.ts'

export type { DemoEvent }

export interface DemoOptions {
  readonly seed?: number
  readonly days?: number
  /** The last instant; nothing is later. The current hour by default. */
  readonly until?: Date
  readonly organisations?: readonly OrganisationPlan[]
}

/** Events of made-up organisations, in the order they were received. The same options give the same events. */
export function* generateEvents(options: DemoOptions = {}): Generator<DemoEvent> {
  const until = options.until ?? new Date(Math.floor(Date.now() / HOUR) * HOUR)
  const end = until.getTime()
  const span: Span = { start: Math.floor(end / DAY) * DAY - (options.days ?? 90) * DAY, end }
  const seed = options.seed ?? 1
  for (const plan of options.organisations ?? DEFAULT_ORGANISATIONS) {
    const organisation = createOrganisation(seed, plan)
    for (const happening of inOrder(batches(seed, organisation, span), end)) {
      yield toEvent(organisation.id, happening)
    }
  }
}

interface Batch {
  /** Nothing that comes after this batch was received earlier. */
  readonly from: number
  readonly happenings: readonly Happening[]
}

function* batches(seed: number, organisation: Organisation, span: Span): Generator<Batch> {
  yield { from: span.start - DAY, happenings: organisationEvents(organisation, span) }
  for (let day = span.start; day <= span.end; day += DAY) {
    const happenings = organisation.users.flatMap((user) => dayOfUser(seed, organisation, span, user, day))
    // East of Greenwich a day begins before it does in UTC.
    yield { from: day - 14 * HOUR, happenings }
  }
}

function dayOfUser(seed: number, organisation: Organisation, span: Span, user: User, day: number): Happening[] {
  if (day < seatDay(user, span) || day >= leaveDay(user, span)) return []
  const random = createRandom(seed, organisation.id, user.id, day)
  const part = (day - span.start) / (span.end - span.start)
  const count = random.poisson(user.intensity * dayFactor(day) * growth(part))
  const date = new Date(day).toISOString().slice(0, 10).replaceAll('-', '')
  const happenings: Happening[] = []
  for (let index = 1; index <= count; index += 1) {
    const minutes = random.chance(0.45) ? random.normal(10.4 * 60, 75) : random.normal(15.2 * 60, 110)
    const start = Math.round(localInstant(user.zone, day, Math.min(1439, Math.max(0, minutes))))
    const id = `ses-${date}-${user.id.slice(2)}-${index}`
    const session = createSession(random, organisation, user, { id, start, part, incidents: incidents(span) })
    happenings.push(...sessionEvents(random, session), ...pullRequestEvents(random, session))
  }
  return happenings
}

/** Sorts by the time of receipt while keeping only what may still be overtaken. */
function* inOrder(batches: Iterable<Batch>, end: number): Generator<Happening> {
  let waiting: Happening[] = []
  for (const { from, happenings } of batches) {
    waiting.push(...happenings.filter(({ received }) => received <= end))
    waiting.sort((a, b) => a.received - b.received)
    const ready = waiting.findIndex(({ received }) => received >= from)
    if (ready > 0) yield* waiting.splice(0, ready)
  }
  waiting = waiting.filter(({ time }) => time <= end)
  yield* waiting
}
