import { dayName, type Happening } from '../core/event.ts'
import { DAY, localInstant } from '../core/local-time.ts'
import { createRandom } from '../core/random.ts'
import { dayFactor, type Story } from '../core/story.ts'
import type { Organisation } from '../organisation/organisation.ts'
import type { User } from '../organisation/users.ts'

const PAGES = [
  { page: '/', weight: 6 },
  { page: '/usage', weight: 4 },
  { page: '/teams', weight: 4 },
  { page: '/costs', weight: 3 },
  { page: '/performance', weight: 3 },
  { page: '/security', weight: 1 },
] as const

/** How long there have been dashboards. */
const SINCE = 120 * DAY

/** Managers, and now and then those who use agents most, look at the dashboards. */
export function* dashboardEvents(story: Story, { id, users }: Organisation, day: number): Generator<Happening> {
  if (day < story.lastDay - SINCE) return
  for (const user of users) {
    const often = user.manages ? 0.62 : user.intensity > 2 ? 0.08 : 0
    if (often === 0 || day >= user.leaves) continue
    const random = createRandom(story.seed, id, user.id, day, 'dashboards')
    if (!random.chance(often * dayFactor(day))) continue
    const visit = `visit-${dayName(day)}-${user.id.slice(2)}`
    let time = localInstant(user.place.zone, day, random.int(8 * 60 + 20, 17 * 60))
    for (let index = 1; index <= random.int(1, 4); index += 1) {
      const { page } = random.weighted(PAGES)
      yield looked(user, 'dashboard.page.viewed', `${visit}-${index}`, time, { page, session: visit })
      if (random.chance(0.02)) {
        const rating = random.chance(0.82) ? 'up' : 'down'
        yield looked(user, 'dashboard.feedback.given', `${visit}-${index}-rating`, time + 30_000, { page, rating })
      }
      time += random.int(20, 240) * 1000
    }
  }
}

function looked(user: User, type: string, id: string, time: number, data: Happening['data']): Happening {
  const role = user.manages ? 'manager' : 'user'
  const subject = String(data.page)
  const who = { user_id: user.id, role }
  return { id, source: 'platform', type, subject, time, received: time + 300, data: { ...data, ...who } }
}
