import type { Happening } from '../core/event.ts'
import { DAY, HOUR } from '../core/local-time.ts'
import type { Organisation } from './organisation.ts'
import type { User } from './users.ts'

/** Seats are assigned as teams take up agents. Of those who leave, one in three keeps a seat that nobody uses. */
export function seatEvents({ users }: Organisation): readonly Happening[] {
  return users.flatMap((user, index) => {
    const assigned = change(user, user.joins, 'assigned')
    const removed = Math.max(user.leaves, user.joins) + 2 * DAY
    return user.leaves < Infinity && index % 3 !== 0 ? [assigned, change(user, removed, 'removed')] : [assigned]
  })
}

function change(user: User, day: number, status: string): Happening {
  const seat = user.id.replace('u', 'seat')
  const premium = user.intensity > 1.6
  const time = day + 6 * HOUR
  return {
    id: `${seat}-${status}`,
    source: 'directory',
    type: 'seat.changed',
    subject: seat,
    time,
    received: time + 1000,
    data: {
      seat_id: seat,
      user_id: user.id,
      team_id: user.team.id,
      plan: premium ? 'premium' : 'standard',
      status,
      price: premium ? 100 : 30,
      currency: 'USD',
    },
  }
}
