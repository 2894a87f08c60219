import type { Happening } from './event.ts'
import { DAY, HOUR } from './local-time.ts'
import type { Random } from './random.ts'
import type { Session } from './session.ts'

const SOURCE = '/agents'

/** What an agent reports of a session: its start, first output, main steps, end and costs. */
export function* sessionEvents(random: Random, session: Session): Generator<Happening> {
  // A laptop that was offline sends the whole session hours or days later.
  const late = random.chance(0.015) ? Math.round(random.logNormal(8 * HOUR, 1)) : 0
  const send = (suffix: string, type: string, time: number, data: Happening['data']): Happening => ({
    id: `${session.id}-${suffix}`,
    source: SOURCE,
    type,
    subject: session.id,
    time,
    received: time + Math.min(late, 3 * DAY) + random.int(200, 4000),
    data: { session_id: session.id, ...data },
  })
  yield send('start', 'agent.session.started', session.start, startData(session))
  if (session.firstOutput !== null) {
    yield send('output', 'agent.session.output', session.firstOutput, { kind: 'code' })
  }
  for (const [index, step] of steps(random, session).entries()) {
    yield send(`step-${index + 1}`, 'agent.session.step', step.time, { step: index + 1, ...step.data })
  }
  yield send('end', 'agent.session.ended', session.end, endData(random, session))
  for (const [kind, data] of costs(random, session)) {
    yield send(`cost-${kind}`, 'agent.cost.recorded', session.end + 500, { kind, currency: 'USD', ...data })
  }
}

function startData(session: Session): Happening['data'] {
  const { user, repository } = session
  return {
    user_id: user.id,
    user_email: user.email,
    team_id: user.team.id,
    project_id: repository.project.id,
    repository_id: repository.id,
    branch: session.mode.name === 'agent' ? `agent/${session.id}` : 'main',
    agent: user.agent.name,
    agent_version: user.agent.version,
    model: session.model.id,
    mode: session.mode.name,
    task_type: session.task,
    language: session.language,
    environment: session.environment,
  }
}

function endData(random: Random, { status, error, start, end, loc, task }: Session): Happening['data'] {
  const changed = task === 'docs' && random.chance(0.1) ? 0 : loc.added + loc.modified + loc.deleted
  return {
    status,
    ...(error === null ? {} : { error_type: error }),
    duration_ms: end - start,
    loc_added: changed ? loc.added : 0,
    loc_modified: changed ? loc.modified : 0,
    loc_deleted: changed ? loc.deleted : 0,
    files_changed: Math.ceil(changed / 45),
  }
}

const PHASES = [
  { kind: 'read', tool: 'search' },
  { kind: 'edit', tool: 'edit' },
  { kind: 'run', tool: 'bash' },
  { kind: 'test', tool: 'bash' },
] as const

function steps(random: Random, session: Session): readonly { time: number; data: Happening['data'] }[] {
  if (session.mode.name === 'completions') return []
  const phases = PHASES.slice(0, session.mode.name === 'agent' ? 4 : 2)
  const length = (session.end - session.start) / (phases.length + 1)
  return phases.map((phase, index) => {
    const broke = session.error !== null && index === phases.length - 1
    return {
      time: Math.round(session.start + length * (index + 1)),
      data: {
        ...phase,
        status: broke || random.chance(0.06) ? 'error' : 'ok',
        duration_ms: Math.round(length * (0.3 + 0.6 * random.next())),
      },
    }
  })
}

function costs(random: Random, session: Session): readonly (readonly [kind: string, data: Happening['data']])[] {
  const { tokens, model } = session
  const seconds = (session.end - session.start) / 1000
  const price = (tokens.input * model.input + tokens.output * model.output + tokens.cacheRead * model.cacheRead) / 1e6
  const silent = random.chance(session.user.agent.silentCost)
  const usage = { input_tokens: tokens.input, output_tokens: tokens.output, cache_read_tokens: tokens.cacheRead }
  const gigabytes = random.logNormal(1.2, 0.6)
  return [
    ['tokens', { amount: silent ? random.pick([0, null]) : round(price), model: model.id, ...usage }],
    ['compute', { amount: round(seconds * 0.000045), quantity: Math.round(seconds), unit: 's' }],
    ['storage', { amount: round(gigabytes * 0.0023), quantity: round(gigabytes), unit: 'GB' }],
  ]
}

const round = (value: number) => Math.round(value * 1e6) / 1e6
