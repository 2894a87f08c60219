import { LAGGING_TEAMS, type OrganisationPlan } from '../catalogue/organisations.ts'
import { PLACES, type Place } from '../catalogue/places.ts'
import type { Random } from '../core/random.ts'
import { instantOf, type Story } from '../core/story.ts'

export interface Unit {
  readonly id: string
  readonly name: string
  readonly parent: string | null
  readonly level: 'organisation' | 'division' | 'department'
}
export interface Team {
  readonly id: string
  readonly name: string
  /** Its department, and the division that belongs to. */
  readonly unit: string
  readonly division: string
  readonly manager: string
  /** Where most of it works. */
  readonly place: Place
  /** When its first people get seats; milliseconds. */
  readonly adopts: number
  readonly lags: boolean
  readonly overspends: boolean
}

/** Three levels of units with the teams below. */
export function createTeams(random: Random, story: Story, plan: OrganisationPlan): { units: Unit[]; teams: Team[] } {
  const units: Unit[] = [{ id: 'unit-01', name: plan.name, parent: null, level: 'organisation' }]
  const teams: Team[] = []
  const addUnit = (name: string, parent: string, level: Unit['level']) => {
    const id = numbered('unit', units.length + 1, 2)
    units.push({ id, name, parent, level })
    return id
  }
  for (const { name, adopts, overspends = false, departments } of plan.divisions) {
    const division = addUnit(name, 'unit-01', 'division')
    for (const [department, names] of Object.entries(departments)) {
      const unit = addUnit(department, division, 'department')
      for (const name of names) {
        const lags = LAGGING_TEAMS.includes(name)
        const part = adopts + random.next() * 0.14 + (lags ? 0.25 : 0)
        const own = { adopts: instantOf(story, part), lags, overspends, place: random.weighted(PLACES) }
        const number = teams.length + 1
        teams.push({ id: numbered('team', number, 2), name, unit, division, manager: numbered('u', number, 3), ...own })
      }
    }
  }
  return { units, teams }
}

export const numbered = (prefix: string, number: number, digits: number) =>
  `${prefix}-${String(number).padStart(digits, '0')}`
