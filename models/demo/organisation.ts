import { AGENTS, type Agent, FIRST_NAMES, LANGUAGES, LAST_NAMES, PLACES } from './catalogue.ts'
import { at, createRandom, type Random } from './random.ts'

/** What a demo organisation is made of; ids overlap between organisations on purpose. */
export interface OrganisationPlan {
  readonly id: string
  readonly name: string
  readonly users: number
  readonly divisions: readonly DivisionPlan[]
}
interface DivisionPlan {
  readonly name: string
  readonly departments: Readonly<Record<string, readonly string[]>>
}

export interface Organisation {
  readonly id: string
  readonly units: readonly Unit[]
  readonly teams: readonly Team[]
  readonly users: readonly User[]
  readonly projects: readonly Project[]
  readonly repositories: readonly Repository[]
}
interface Unit {
  readonly id: string
  readonly name: string
  readonly parent: string | null
}
interface Team {
  readonly id: string
  readonly name: string
  readonly unit: string
  readonly manager: string
}
export interface User {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly team: Team
  readonly zone: string
  readonly country: string
  readonly agent: Agent
  /** Sessions on a usual working day, once at full speed. */
  readonly intensity: number
  readonly skill: number
  /** Part of the span of time, from 0 to 1, after which the user has a seat. */
  readonly joins: number
  readonly leaves: number
}
interface Project {
  readonly id: string
  readonly name: string
  readonly team: Team
}
export interface Repository {
  readonly id: string
  readonly name: string
  readonly project: Project
  readonly language: string
}

export const DEFAULT_ORGANISATIONS: readonly OrganisationPlan[] = [
  {
    id: 'acme',
    name: 'Acme',
    users: 120,
    divisions: [
      {
        name: 'Product Engineering',
        departments: {
          Commerce: ['Checkout', 'Catalogue', 'Search'],
          Mobile: ['iOS', 'Android'],
          'Growth Engineering': ['Onboarding', 'Experiments'],
        },
      },
      {
        name: 'Platform',
        departments: {
          Infrastructure: ['Compute', 'Networking', 'Observability'],
          'Developer Experience': ['Build Tools', 'Internal Portal'],
        },
      },
      {
        name: 'Data and AI',
        departments: { 'Data Platform': ['Warehouse', 'Streaming'], 'Applied AI': ['Ranking', 'Assistants'] },
      },
    ],
  },
  {
    id: 'globex',
    name: 'Globex',
    users: 24,
    divisions: [
      { name: 'Technology', departments: { Payments: ['Ledger', 'Cards'], Operations: ['Back Office'] } },
      { name: 'Research', departments: { Labs: ['Prototypes'] } },
    ],
  },
]

export function createOrganisation(seed: number, plan: OrganisationPlan): Organisation {
  const random = createRandom(seed, plan.id, 'structure')
  const { units, teams } = createUnits(plan)
  const projects = createProjects(teams)
  return {
    id: plan.id,
    units,
    teams,
    projects,
    users: Array.from({ length: plan.users }, (_, index) => createUser(random, plan, teams, index)),
    repositories: createRepositories(random, projects),
  }
}

function createUnits(plan: OrganisationPlan): { units: Unit[]; teams: Team[] } {
  const units: Unit[] = [{ id: 'unit-01', name: plan.name, parent: null }]
  const teams: Team[] = []
  const addUnit = (name: string, parent: string) => {
    const id = numbered('unit', units.length + 1, 2)
    units.push({ id, name, parent })
    return id
  }
  for (const division of plan.divisions) {
    const divisionId = addUnit(division.name, 'unit-01')
    for (const [department, names] of Object.entries(division.departments)) {
      const unit = addUnit(department, divisionId)
      for (const name of names) {
        const number = teams.length + 1
        teams.push({ id: numbered('team', number, 2), name, unit, manager: numbered('u', number, 3) })
      }
    }
  }
  return { units, teams }
}

/** User n manages team n, so the first users are the managers. */
function createUser(random: Random, plan: OrganisationPlan, teams: readonly Team[], index: number): User {
  const team = index < teams.length ? at(teams, index) : random.pick(teams)
  const name = `${at(FIRST_NAMES, index * 7 + plan.users)} ${at(LAST_NAMES, index * 11 + Math.floor(index / 40))}`
  const place = random.chance(0.75) ? at(PLACES, teams.indexOf(team)) : random.pick(PLACES)
  const early = random.chance(0.55)
  return {
    id: numbered('u', index + 1, 3),
    name,
    email: `${name.toLowerCase().replace(' ', '.')}.${index + 1}@${plan.id}.example`,
    team,
    zone: place.zone,
    country: place.country,
    agent: random.weighted(AGENTS),
    intensity: random.chance(0.1) ? 0.03 : Math.min(9, random.logNormal(1.7, 0.75)),
    skill: random.normal(1, 0.03),
    joins: early ? 0 : random.next() * 0.8,
    leaves: random.chance(0.04) ? 0.5 + random.next() * 0.5 : 2,
  }
}

function createProjects(teams: readonly Team[]): Project[] {
  return teams.flatMap((team, index) =>
    [`${team.name} Core`, `${team.name} Next`].slice(0, 1 + (index % 2)).map((name, part) => ({
      id: `project-${String(index * 2 + part + 1).padStart(2, '0')}`,
      name,
      team,
    })),
  )
}

function createRepositories(random: Random, projects: readonly Project[]): Repository[] {
  const kinds = ['service', 'web', 'library']
  return projects.flatMap((project, index) =>
    kinds.slice(0, 1 + (index % 3)).map((kind, part) => ({
      id: `repo-${String(index * 3 + part + 1).padStart(3, '0')}`,
      name: `${project.name.toLowerCase().replaceAll(' ', '-')}-${kind}`,
      project,
      language: kind === 'web' ? 'typescript' : random.pick(LANGUAGES),
    })),
  )
}

const numbered = (prefix: string, number: number, digits: number) => `${prefix}-${String(number).padStart(digits, '0')}`
