import { AI_MODELS, type AiModel, weightAt } from '../catalogue/ai-models.ts'
import * as work from '../catalogue/work.ts'
import type { Incident } from '../core/incidents.ts'
import { DAY, HOUR } from '../core/local-time.ts'
import { at, type Random } from '../core/random.ts'
import { progress, type Story } from '../core/story.ts'
import type { Organisation, Repository } from '../organisation/organisation.ts'
import type { User } from '../organisation/users.ts'

/** One run of an agent as it will have gone, before it is told in events; times are milliseconds. */
export interface Session {
  readonly id: string
  readonly user: User
  readonly repository: Repository
  readonly agentId: string | null
  readonly agentVersion: string
  readonly model: AiModel
  readonly mode: work.Mode
  readonly task: string
  readonly complexity: string
  readonly language: string
  readonly environment: string
  readonly trigger: string
  readonly configuration: string
  readonly start: number
  readonly firstOutput: number | null
  readonly end: number
  readonly status: 'completed' | 'failed' | 'cancelled'
  readonly error: string | null
  readonly message: string | null
  readonly loc: { readonly added: number; readonly modified: number; readonly deleted: number }
  readonly tokens: Tokens
}
interface Tokens {
  readonly input: number
  readonly output: number
  readonly reasoning: number
  readonly cacheRead: number
  readonly cacheWrite: number
}

interface Circumstances {
  readonly story: Story
  readonly id: string
  readonly start: number
  readonly incidents: readonly Incident[]
}

export function createSession(random: Random, organisation: Organisation, user: User, given: Circumstances): Session {
  const part = progress(given.story, given.start)
  const own = organisation.repositoriesOf.get(user.team) ?? []
  const repository = random.pick(own.length > 0 && random.chance(0.88) ? own : organisation.repositories)
  const lavish = user.team.overspends && given.start > given.story.lastDay - 70 * DAY
  const model = chooseModel(random, user, part, lavish)
  const mode = random.weighted(work.MODES.map((each) => ({ ...each, weight: each.weight * (1 + each.growth * part) })))
  const task = random.weighted(work.TASKS)
  const complexity = random.weighted(work.COMPLEXITIES)
  const configuration = random.pick(work.CONFIGURATIONS)
  const language = random.chance(0.88) ? repository.language : random.pick(work.LANGUAGES)
  const ease =
    task.ease * complexity.ease * (work.LANGUAGE_EASE[language] ?? 1) * (configuration === 'plan-first' ? 1.03 : 1)
  const outcome = decide(random, model.success * ease * user.skill * (0.96 + 0.05 * part), model, given)
  const seconds = duration(random, mode.median * model.pace * task.pace * complexity.pace, outcome)
  const latency = random.logNormal(4 + 5 * model.pace, 0.5) * (mode.name === 'agent' ? 1.6 : 0.5)
  const done = outcome.status === 'completed' ? 1 : outcome.status === 'failed' ? 0.25 : 0.4
  const size = task.name === 'docs' && random.chance(0.1) ? 0 : random.logNormal(mode.loc * task.loc, 0.9) * done
  return {
    id: given.id,
    user,
    repository,
    agentId: mode.name === 'agent' ? (organisation.agentOf.get(user.team)?.id ?? null) : null,
    agentVersion: at(user.agent.versions, Math.floor(Math.min(0.999, part) * user.agent.versions.length)),
    model,
    mode,
    task: task.name,
    complexity: complexity.name,
    language,
    environment: random.weighted(work.ENVIRONMENTS).name,
    trigger: mode.name === 'agent' ? random.weighted(work.TRIGGERS).name : 'person',
    configuration,
    start: given.start,
    firstOutput: latency < seconds ? given.start + Math.round(latency * 1000) : null,
    end: given.start + Math.round(seconds * 1000),
    ...outcome,
    loc: { added: Math.round(size * 0.6), modified: Math.round(size * 0.25), deleted: Math.round(size * 0.15) },
    tokens: tokens(random, seconds * (lavish ? 1.7 : 1), part),
  }
}

function chooseModel(random: Random, user: User, part: number, lavish: boolean): AiModel {
  const open = AI_MODELS.filter(({ provider }) => user.agent.providers.includes(provider))
  const dearest = open.reduce((best, model) => (model.output > best.output ? model : best))
  if (lavish && random.chance(0.6)) return dearest
  return random.weighted(open.map((model) => ({ model, weight: weightAt(model, part) }))).model
}

type Outcome = Pick<Session, 'status' | 'error' | 'message'>

function decide(random: Random, success: number, model: AiModel, { start, incidents }: Circumstances): Outcome {
  const incident = incidents.find(
    ({ from, to, provider }) => start >= from && start < to && (provider === undefined || provider === model.provider),
  )
  if (incident && random.chance(incident.risk)) {
    return { status: 'failed', error: incident.error, message: incident.message }
  }
  if (random.chance(0.04)) return { status: 'cancelled', error: null, message: null }
  if (random.chance(Math.min(0.985, success))) return { status: 'completed', error: null, message: null }
  const { name, message } = random.weighted(work.ERRORS)
  return { status: 'failed', error: name, message }
}

function duration(random: Random, median: number, { error }: Outcome): number {
  if (error === 'timeout') return HOUR / 1000
  const shortened = error === 'auth_failure' || error === 'sandbox_crash' ? 0.15 : 1
  return Math.min(4 * 3600, Math.max(5, random.logNormal(median * shortened, 0.8)))
}

/** Caches serve more of the context as time goes by. */
function tokens(random: Random, seconds: number, part: number): Tokens {
  const context = random.logNormal(1500, 0.5) * seconds ** 0.95
  const output = random.logNormal(20, 0.4) * seconds
  const cached = 0.62 + 0.2 * part
  return {
    input: Math.round(context * (0.92 - cached)),
    output: Math.round(output),
    reasoning: Math.round(output * 0.35),
    cacheRead: Math.round(context * cached),
    cacheWrite: Math.round(context * 0.08),
  }
}
