import { AI_MODELS, type AiModel, ENVIRONMENTS, ERRORS, LANGUAGES, MODES, type Mode, TASKS } from './catalogue.ts'
import { HOUR } from './local-time.ts'
import type { Organisation, Repository, User } from './organisation.ts'
import type { Random } from './random.ts'
import type { incidents } from './season.ts'

/** One run of an agent as it will have gone, before it is told in events; times are milliseconds. */
export interface Session {
  readonly id: string
  readonly user: User
  readonly repository: Repository
  readonly model: AiModel
  readonly mode: Mode
  readonly task: string
  readonly language: string
  readonly environment: string
  readonly start: number
  readonly firstOutput: number | null
  readonly end: number
  readonly status: 'completed' | 'failed' | 'cancelled'
  readonly error: string | null
  readonly loc: { readonly added: number; readonly modified: number; readonly deleted: number }
  readonly tokens: { readonly input: number; readonly output: number; readonly cacheRead: number }
}

interface Circumstances {
  readonly id: string
  readonly start: number
  /** From 0 to 1 over the whole span. */
  readonly part: number
  readonly incidents: ReturnType<typeof incidents>
}

export function createSession(random: Random, organisation: Organisation, user: User, given: Circumstances): Session {
  const own = organisation.repositories.filter((repository) => repository.project.team === user.team)
  const repository = random.pick(random.chance(0.88) ? own : organisation.repositories)
  const model = random.weighted(AI_MODELS.filter(({ provider }) => user.agent.providers.includes(provider)))
  const mode = random.weighted(MODES.map((each) => ({ ...each, weight: each.weight * (1 + each.growth * given.part) })))
  const task = random.weighted(TASKS)
  const outcome = decide(random, model.success * task.ease * user.skill, model, given)
  const seconds = duration(random, mode.median * model.pace * task.pace, outcome)
  const latency = random.logNormal(4 + 5 * model.pace, 0.5) * (mode.name === 'agent' ? 1.6 : 0.5)
  const done = outcome.status === 'completed' ? 1 : outcome.status === 'failed' ? 0.25 : 0.4
  const size = random.logNormal(mode.loc * task.loc, 0.9) * done
  return {
    id: given.id,
    user,
    repository,
    model,
    mode,
    task: task.name,
    language: random.chance(0.85) ? repository.language : random.pick(LANGUAGES),
    environment: random.weighted(ENVIRONMENTS).name,
    start: given.start,
    firstOutput: latency < seconds ? given.start + Math.round(latency * 1000) : null,
    end: given.start + Math.round(seconds * 1000),
    ...outcome,
    loc: {
      added: Math.round(size * 0.6),
      modified: Math.round(size * 0.25),
      deleted: Math.round(size * 0.15),
    },
    tokens: tokens(random, seconds),
  }
}

type Outcome = Pick<Session, 'status' | 'error'>

function decide(random: Random, success: number, model: AiModel, given: Circumstances): Outcome {
  const incident = given.incidents.find(
    ({ from, to, provider }) =>
      given.start >= from && given.start < to && (provider === undefined || provider === model.provider),
  )
  if (incident && random.chance(incident.risk)) return { status: 'failed', error: incident.error }
  if (random.chance(0.04)) return { status: 'cancelled', error: null }
  if (random.chance(Math.min(0.985, success))) return { status: 'completed', error: null }
  return { status: 'failed', error: random.weighted(ERRORS).name }
}

function duration(random: Random, median: number, { error }: Outcome): number {
  if (error === 'timeout') return HOUR / 1000
  const shortened = error === 'auth_failure' || error === 'sandbox_crash' ? 0.15 : 1
  return Math.min(4 * 3600, Math.max(5, random.logNormal(median * shortened, 0.85)))
}

function tokens(random: Random, seconds: number): Session['tokens'] {
  const context = random.logNormal(900, 0.5) * seconds ** 0.95
  return {
    input: Math.round(context * 0.22),
    output: Math.round(random.logNormal(16, 0.4) * seconds),
    cacheRead: Math.round(context * 0.78),
  }
}
