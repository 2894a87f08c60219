import type { OrganisationPlan } from '../catalogue/organisations.ts'
import { STACKS } from '../catalogue/work.ts'
import { at, createRandom, type Random } from '../core/random.ts'
import type { Story } from '../core/story.ts'
import { createTeams, type Team, type Unit } from './teams.ts'
import { createUsers, type User } from './users.ts'

export interface Organisation {
  readonly id: string
  readonly units: readonly Unit[]
  readonly teams: readonly Team[]
  readonly users: readonly User[]
  readonly usersOf: ReadonlyMap<Team, readonly User[]>
  readonly projects: readonly Project[]
  readonly repositories: readonly Repository[]
  readonly repositoriesOf: ReadonlyMap<Team, readonly Repository[]>
  readonly agents: readonly RegisteredAgent[]
  readonly agentOf: ReadonlyMap<Team, RegisteredAgent>
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
  readonly framework: string
  readonly classification: 'internal' | 'confidential' | 'restricted'
}
/** An agent that somebody answers for. */
export interface RegisteredAgent {
  readonly id: string
  readonly name: string
  readonly team: Team
}

export function createOrganisation(story: Story, plan: OrganisationPlan): Organisation {
  const random = createRandom(story.seed, plan.id, 'structure')
  const { units, teams } = createTeams(random, story, plan)
  const users = createUsers(random, story, plan, teams)
  const projects = createProjects(teams)
  const repositories = createRepositories(random, projects, plan.repositories)
  const agents = createAgents(teams)
  return {
    id: plan.id,
    units,
    teams,
    users,
    usersOf: groupBy(teams, users, ({ team }) => team),
    projects,
    repositories,
    repositoriesOf: groupBy(teams, repositories, ({ project }) => project.team),
    agents,
    agentOf: new Map(agents.map((agent) => [agent.team, agent])),
  }
}

function createProjects(teams: readonly Team[]): readonly Project[] {
  return teams.flatMap((team, index) =>
    [`${team.name} Core`, `${team.name} Next`].slice(0, 1 + (index % 2)).map((name, part) => ({
      id: `project-${String(index * 2 + part + 1).padStart(2, '0')}`,
      name,
      team,
    })),
  )
}

const KINDS = ['service', 'web', 'library', 'jobs', 'infra']

/** As many as there are to be, in turns over the projects. */
function createRepositories(random: Random, projects: readonly Project[], count: number): readonly Repository[] {
  return Array.from({ length: count }, (_, index) => {
    const project = at(projects, index)
    const kind = at(KINDS, Math.floor(index / projects.length))
    const language = kind === 'web' ? 'typescript' : random.weighted(WEIGHTED_LANGUAGES).name
    return {
      id: `repo-${String(index + 1).padStart(3, '0')}`,
      name: `${project.name.toLowerCase().replaceAll(' ', '-')}-${kind}`,
      project,
      language,
      framework: random.pick(STACKS[language] ?? ['none']),
      classification: random.weighted(CLASSES).name,
    }
  })
}

const WEIGHTED_LANGUAGES = [
  { name: 'typescript', weight: 6 },
  { name: 'python', weight: 5 },
  { name: 'go', weight: 3 },
  { name: 'java', weight: 3 },
  { name: 'kotlin', weight: 2 },
  { name: 'rust', weight: 1 },
  { name: 'sql', weight: 1 },
]
const CLASSES = [
  { name: 'internal', weight: 7 },
  { name: 'confidential', weight: 3 },
  { name: 'restricted', weight: 1 },
] as const

/** One that works for each team, and for every third team one more that nobody starts by hand. */
function createAgents(teams: readonly Team[]): readonly RegisteredAgent[] {
  return teams.flatMap((team, index) =>
    ['maintainer', 'assistant'].slice(index % 3 === 0 ? 0 : 1).map((name) => ({
      id: `agent-${team.id.slice(-2)}-${name}`,
      name: `${team.name} ${name}`,
      team,
    })),
  )
}

function groupBy<T>(teams: readonly Team[], items: readonly T[], teamOf: (item: T) => Team) {
  return new Map(teams.map((team) => [team, items.filter((item) => teamOf(item) === team)]))
}
