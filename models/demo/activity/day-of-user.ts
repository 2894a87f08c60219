import { dayName, type Happening } from '../core/event.ts'
import type { Incident } from '../core/incidents.ts'
import { localInstant } from '../core/local-time.ts'
import { createRandom, type Random } from '../core/random.ts'
import { dayFactor, type Story } from '../core/story.ts'
import { sessionSecurity } from '../operations/security-events.ts'
import type { Organisation } from '../organisation/organisation.ts'
import { expectedSessions, type User } from '../organisation/users.ts'
import { accessEvents } from './access-events.ts'
import { personPullRequest, sessionPullRequest } from './pull-request-events.ts'
import { createSession } from './session.ts'
import { sessionEvents } from './session-events.ts'

/** Everything that comes of what somebody does on a day, also days later. */
export function dayOfUser(
  story: Story,
  organisation: Organisation,
  user: User,
  day: number,
  bad: readonly Incident[],
): readonly Happening[] {
  if (day >= user.leaves) return []
  const random = createRandom(story.seed, organisation.id, user.id, day)
  const factor = dayFactor(day)
  const happenings: Happening[] = []
  const count = random.poisson(expectedSessions(story, user, day) * factor)
  for (let index = 1; index <= count; index += 1) {
    const id = `ses-${dayName(day)}-${user.id.slice(2)}-${index}`
    const start = timeOfDay(random, user, day)
    const session = createSession(random, organisation, user, { story, id, start, incidents: bad })
    happenings.push(...sessionEvents(random, story, session))
    happenings.push(...sessionPullRequest(random, organisation, session))
    happenings.push(...accessEvents(random, story, session))
    happenings.push(...sessionSecurity(random, story, session))
  }
  if (random.chance(PERSON_PULL_REQUESTS * factor)) {
    const id = `pr-${dayName(day)}-${user.id.slice(2)}-own`
    happenings.push(...personPullRequest(random, organisation, user, { id, opened: timeOfDay(random, user, day) }))
  }
  return happenings
}

/** Pull requests that somebody makes without an agent on a working day. */
const PERSON_PULL_REQUESTS = 0.075

/** Before and after lunch, by the clocks where the person is. */
function timeOfDay(random: Random, { place }: User, day: number): number {
  const minutes = random.chance(0.45) ? random.normal(10.4 * 60, 75) : random.normal(15.2 * 60, 110)
  return Math.round(localInstant(place.zone, day, Math.min(1439, Math.max(0, minutes))))
}
