import type { Happening } from '../core/event.ts'
import { DAY, HOUR } from '../core/local-time.ts'
import { dayFactor, type Story } from '../core/story.ts'
import type { Organisation } from './organisation.ts'
import type { Team } from './teams.ts'
import { expectedSessions } from './users.ts'

/** USD that a session costs on average where nobody overspends. */
const COST_OF_SESSION = 1

/** What is planned above the expected. */
const RESERVE = 1.18

/** Budgets of the month after a day, for the organisation, its divisions and its teams; set five days before. */
export function budgetEvents(organisation: Organisation, story: Story, day: number): readonly Happening[] {
  const date = new Date(day + 5 * DAY)
  if (date.getUTCDate() !== 1) return []
  const month = date.getTime()
  const period = date.toISOString().slice(0, 10)
  const planned = new Map(organisation.teams.map((team) => [team, expectedCost(organisation, story, team, month)]))
  const sum = (has: (team: Team) => boolean) =>
    [...planned].reduce((total, [team, amount]) => total + (has(team) ? amount : 0), 0)
  const budget = (scope: string, id: string, name: string, amount: number): Happening => ({
    id: `budget-${period.slice(0, 7)}-${id}`,
    source: 'directory',
    type: 'budget.set',
    subject: `budget-${period.slice(0, 7)}-${id}`,
    time: day + 9 * HOUR,
    received: day + 9 * HOUR + 1000,
    data: {
      name: `${name}, ${period.slice(0, 7)}`,
      scope,
      ...(scope === 'org' ? {} : { scope_id: id }),
      period: 'month',
      period_start: period,
      amount: Math.max(50, Math.round(amount / 10) * 10),
      currency: 'USD',
      hard_limit: false,
    },
  })
  return [
    budget('org', 'org', 'All', sum(() => true) * 1.08),
    ...organisation.units
      .filter(({ level }) => level === 'division')
      .map(({ id, name }) =>
        budget(
          'org_unit',
          id,
          name,
          sum(({ division }) => division === id),
        ),
      ),
    ...[...planned].map(([team, amount]) => budget('team', team.id, team.name, amount)),
  ]
}

function expectedCost({ usersOf }: Organisation, story: Story, team: Team, month: number): number {
  const middle = Math.min(month + 15 * DAY, story.lastDay)
  const sessions = (usersOf.get(team) ?? []).reduce((sum, user) => sum + expectedSessions(story, user, middle), 0)
  return sessions * workload(month) * COST_OF_SESSION * RESERVE
}

/** Usual working days in a month. */
function workload(month: number): number {
  const next = new Date(month)
  next.setUTCMonth(next.getUTCMonth() + 1)
  let days = 0
  for (let day = month; day < next.getTime(); day += DAY) days += dayFactor(day)
  return days
}
