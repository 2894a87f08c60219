import { dashboardEvents } from './activity/dashboard-events.ts'
import { dayOfUser } from './activity/day-of-user.ts'
import type { Happening } from './core/event.ts'
import { incidents } from './core/incidents.ts'
import { DAY, HOUR } from './core/local-time.ts'
import type { Story } from './core/story.ts'
import type { Batch } from './core/timeline.ts'
import { controlEvents } from './governance/control-events.ts'
import { healthEvents } from './operations/health-events.ts'
import { infrastructureEvents } from './operations/infrastructure-events.ts'
import type { Rhythm } from './operations/rhythm.ts'
import { budgetEvents } from './organisation/budget-events.ts'
import { directoryEvents } from './organisation/directory-events.ts'
import { lifecycleEvents } from './organisation/lifecycle-events.ts'
import type { Organisation } from './organisation/organisation.ts'
import { seatEvents } from './organisation/seat-events.ts'

/** The part of a story that is told; midnights in milliseconds, the last one included. */
export interface Episode {
  readonly first: number
  readonly last: number
  readonly liveFrom: number
}

/** What happens in an organisation: first what it consists of, then day by day what everybody does. */
export function* tell(story: Story, organisation: Organisation, episode: Episode): Generator<Batch> {
  yield {
    from: story.start - DAY,
    happenings: [
      ...directoryEvents(organisation, story),
      ...seatEvents(organisation),
      ...lifecycleEvents(organisation, story),
      ...budgetsBefore(organisation, story, episode.first),
    ],
  }
  const bad = incidents(story)
  const rhythm: Rhythm = { detailedFrom: story.lastDay - 28 * DAY, liveFrom: episode.liveFrom }
  // East of Greenwich a day begins before it does in UTC.
  for (let day = episode.first; day <= episode.last; day += DAY) {
    const happenings = [
      ...organisation.users.flatMap((user) => dayOfUser(story, organisation, user, day, bad)),
      ...infrastructureEvents(story, organisation, day, rhythm),
      ...healthEvents(story, organisation, day, rhythm),
      ...controlEvents(story, organisation, day),
      ...dashboardEvents(story, organisation, day),
      ...budgetEvents(organisation, story, day),
    ]
    yield { from: day + 10 * HOUR, happenings }
  }
}

/** The budgets that hold when the telling begins. */
function budgetsBefore(organisation: Organisation, story: Story, first: number): readonly Happening[] {
  return Array.from({ length: 36 }, (_, index) => first - (36 - index) * DAY).flatMap((day) =>
    budgetEvents(organisation, story, day),
  )
}
