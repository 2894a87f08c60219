import { type Happening, round } from '../core/event.ts'
import { DAY, HOUR } from '../core/local-time.ts'
import type { Random } from '../core/random.ts'
import type { Story } from '../core/story.ts'
import type { Session } from './session.ts'
import { traceSteps } from './trace.ts'

/** What an agent reports of a session: its start, first output, steps, end and costs. */
export function* sessionEvents(random: Random, story: Story, session: Session): Generator<Happening> {
  // A laptop that was offline sends the whole session hours or days later.
  const late = random.chance(0.015) ? Math.round(random.logNormal(8 * HOUR, 1)) : 0
  const send = (suffix: string, type: string, time: number, data: Happening['data']): Happening => ({
    id: `${session.id}-${suffix}`,
    source: 'agents',
    type,
    subject: session.id,
    time,
    received: time + Math.min(late, 3 * DAY) + random.int(200, 4000),
    data: { session_id: session.id, ...data },
  })
  yield send('start', 'agent.session.started', session.start, startData(session))
  if (session.firstOutput !== null) {
    const latency = session.firstOutput - session.start
    yield send('output', 'agent.session.output', session.firstOutput, { kind: 'code', latency_ms: latency })
  }
  const steps = traceSteps(random, story, session)
  for (const [index, { time, data }] of steps.entries()) {
    yield send(`step-${index + 1}`, 'agent.session.step', time, { step: index + 1, ...data })
  }
  yield send('end', 'agent.session.ended', session.end, endData(random, session, steps.length))
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
    ...(session.agentId === null ? {} : { agent_id: session.agentId }),
    agent: user.agent.name,
    agent_version: session.agentVersion,
    model: session.model.id,
    mode: session.mode.name,
    task_type: session.task,
    complexity: session.complexity,
    language: session.language,
    framework: repository.framework,
    environment: session.environment,
    region: user.place.region,
    country: user.place.country,
    trigger: session.trigger,
    configuration: session.configuration,
  }
}

function endData(random: Random, session: Session, steps: number): Happening['data'] {
  const { status, error, message, start, end, loc, model, language, mode, tokens } = session
  const changed = loc.added + loc.modified + loc.deleted
  const isDone = status === 'completed'
  const saved = isDone ? Math.min(360, (3 + changed * 0.32) * random.logNormal(1, 0.35)) : 0
  return {
    status,
    ...(error === null ? {} : { error_type: error, error_message: message }),
    duration_ms: end - start,
    model: model.id,
    language,
    loc_added: loc.added,
    loc_modified: loc.modified,
    loc_deleted: loc.deleted,
    files_changed: Math.ceil(changed / 45),
    commits: isDone && mode.name === 'agent' ? 1 + Math.floor(changed / 180) : 0,
    steps,
    input_tokens: tokens.input,
    output_tokens: tokens.output,
    cache_read_tokens: tokens.cacheRead,
    cache_write_tokens: tokens.cacheWrite,
    reasoning_tokens: tokens.reasoning,
    time_saved_minutes: round(saved, 1),
    review_minutes: round(saved * 0.12 + (changed > 0 ? random.next() * 4 : 0), 1),
  }
}

function costs(random: Random, session: Session): readonly (readonly [kind: string, data: Happening['data']])[] {
  const { tokens, model, mode } = session
  const seconds = (session.end - session.start) / 1000
  const silent = random.chance(session.user.agent.silentCost)
  const usage = {
    input_tokens: tokens.input,
    output_tokens: tokens.output,
    cache_read_tokens: tokens.cacheRead,
    cache_write_tokens: tokens.cacheWrite,
    reasoning_tokens: tokens.reasoning,
  }
  const amount = silent ? random.pick([0, null]) : round(priceOf(session))
  const tokenCost = ['tokens', { amount, model: model.id, ...usage }] as const
  // Completions need no sandbox.
  if (mode.name === 'completions') return [tokenCost]
  const computeCost = [
    'compute',
    { amount: round(seconds * 0.000045), quantity: Math.round(seconds), unit: 's' },
  ] as const
  if (mode.name !== 'agent') return [tokenCost, computeCost]
  const gigabytes = random.logNormal(1.2, 0.6)
  return [
    tokenCost,
    computeCost,
    ['storage', { amount: round(gigabytes * 0.0023), quantity: round(gigabytes), unit: 'GB' }],
  ]
}

function priceOf({ tokens, model }: Session): number {
  const { input, output, cacheRead, cacheWrite } = tokens
  const read = input * model.input + cacheRead * model.cacheRead + cacheWrite * model.cacheWrite
  return (read + output * model.output) / 1e6
}
