import { AGENTS, type Agent } from '../catalogue/agents.ts'
import { FIRST_NAMES, LAST_NAMES, TITLES } from '../catalogue/names.ts'
import { FALLEN_BACK_TEAM, type OrganisationPlan } from '../catalogue/organisations.ts'
import { PLACES, type Place } from '../catalogue/places.ts'
import { DAY } from '../core/local-time.ts'
import { at, type Random } from '../core/random.ts'
import { growth, instantOf, progress, type Story } from '../core/story.ts'
import { numbered, type Team } from './teams.ts'

export interface User {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly title: string
  readonly manages: boolean
  readonly team: Team
  readonly place: Place
  readonly hourlyCost: number
  readonly agent: Agent
  /** Sessions on a usual working day, once at full speed. */
  readonly intensity: number
  readonly skill: number
  /** When the user has a seat; before that there are no sessions. Milliseconds. */
  readonly joins: number
  /** When the user leaves the organisation: never is Infinity. */
  readonly leaves: number
}

/** User n manages team n, so the first users are the managers. */
export function createUsers(
  random: Random,
  story: Story,
  plan: OrganisationPlan,
  teams: readonly Team[],
): readonly User[] {
  return Array.from({ length: plan.users }, (_, index) => {
    const manages = index < teams.length
    const team = at(teams, manages ? index : Math.floor(random.next() * teams.length))
    const name = `${at(FIRST_NAMES, index * 7 + plan.users)} ${at(LAST_NAMES, index * 11 + Math.floor(index / 40))}`
    const place = random.chance(0.7) ? team.place : random.weighted(PLACES)
    const title = random.weighted(TITLES)
    const hourly = place.hourly * (manages ? 1.6 : title.factor)
    return {
      id: numbered('u', index + 1, 3),
      name,
      email: `${name.toLowerCase().replace(' ', '.')}.${index + 1}@${plan.id}.example`,
      title: manages ? 'Engineering Manager' : title.name,
      manages,
      team,
      place,
      hourlyCost: Math.round(hourly),
      agent: random.weighted(AGENTS),
      intensity: intensity(random, team),
      skill: random.normal(1, 0.03),
      joins: joins(random, story, team),
      leaves: !manages && random.chance(0.06) ? instantOf(story, 0.45 + random.next() * 0.5) : Infinity,
    }
  })
}

function intensity(random: Random, team: Team): number {
  if (random.chance(0.08)) return 0.006
  return Math.min(7, random.logNormal(0.68, 0.8)) * (team.lags ? 0.3 : 1)
}

/** Half of a team at once, the others over the months that follow. */
function joins(random: Random, story: Story, team: Team): number {
  if (random.chance(0.5)) return team.adopts
  const months = (team.lags ? 6 : 4.5) * 30 * DAY
  return Math.min(story.lastDay - 10 * DAY, Math.floor((team.adopts + random.next() * months) / DAY) * DAY)
}

/** Weeks in which one team nearly stops. */
const FALL = 24 * DAY

/** Sessions to expect of a user on a usual working day at that time. */
export function expectedSessions(story: Story, user: User, day: number): number {
  if (day < user.joins || day >= user.leaves) return 0
  const learnt = 0.4 + 0.6 * Math.min(1, (day - user.joins) / (45 * DAY))
  const fallen = user.team.name === FALLEN_BACK_TEAM && day >= story.lastDay - FALL ? 0.06 : 1
  return user.intensity * learnt * fallen * growth(progress(story, day))
}
