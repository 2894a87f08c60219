import { type ActivityEvent, DAY, DAYS, event, FIRST_DAY, HOUR, MINUTE, MODELS, REPOSITORIES, USERS } from './event.ts'
import { type Numbers, numbersFrom } from './numbers.ts'

const ERRORS = [
  'timeout',
  'auth_failure',
  'sandbox_crash',
  'tool_error',
  'rate_limited',
  'context_overflow',
  'odd',
] as const

interface Session {
  readonly id: string
  readonly start: number
  readonly place: ActivityEvent['data']
}

/** Sessions of every person with their steps, costs, pull requests and what they touched. */
export function sessionEvents(): readonly ActivityEvent[] {
  const numbers = numbersFrom(7)
  const events: ActivityEvent[] = [seatCost(), ...pullRequestsOfPeople()]
  for (let day = 0; day < DAYS; day += 1) {
    for (const { id, team } of USERS) {
      const count = day % 7 > 4 ? numbers.below(2) : numbers.below(4)
      for (let index = 0; index < count; index += 1) {
        const start = FIRST_DAY + day * DAY + 8 * HOUR + index * 2 * HOUR + numbers.below(100) * MINUTE
        const repository = numbers.chance(0.9) ? numbers.pick(REPOSITORIES.slice(0, day < 21 ? 4 : 5)) : null
        const place = {
          user_id: id,
          team_id: team,
          project_id: `p-${team}`,
          ...(repository === null ? {} : { repository_id: repository }),
        }
        events.push(...session(numbers, { id: `s-${day}-${id}-${index}`, start, place }))
      }
    }
  }
  return events
}

function session(numbers: Numbers, it: Session): readonly ActivityEvent[] {
  const { id, start, place } = it
  const seconds = 30 + numbers.below(3000)
  const end = start + seconds * 1000
  const status = numbers.chance(0.8) ? 'completed' : numbers.chance(0.7) ? 'failed' : 'cancelled'
  const started = event('agent.session.started', id, start, {
    session_id: id,
    ...place,
    agent: 'claude-code',
    ...(numbers.chance(0.9) ? { model: numbers.pick(MODELS) } : {}),
    mode: numbers.pick(['agent', 'edit', 'completions']),
    ...(numbers.chance(0.9) ? { language: numbers.pick(['typescript', 'go', 'python']) } : {}),
    ...(numbers.chance(0.8) ? { task_type: numbers.pick(['feature', 'bug_fix', 'docs']) } : {}),
    environment: 'development',
  })
  if (numbers.chance(0.03)) return [started]
  if (numbers.chance(0.03))
    return [event('agent.session.started', id, start, { ...started.data, is_daily_total: true })]
  return [
    started,
    event('agent.session.output', id, start + 5000 + numbers.below(20_000), { session_id: id, kind: 'code' }),
    event('agent.session.step', id, start + 2000, {
      session_id: id,
      step: 1,
      kind: 'edit',
      tool: 'edit',
      status: numbers.chance(0.1) ? 'error' : 'ok',
      duration_ms: 1500,
      model: MODELS[0],
      input_tokens: 100,
      output_tokens: 20,
    }),
    // Of a session that is resumed the last end counts.
    ...(numbers.chance(0.05) ? [ended(numbers, it, end - 1000, 'failed')] : []),
    ended(numbers, it, end, status),
    ...costs(numbers, it, end),
    ...(numbers.chance(0.3) ? pullRequest(numbers, it, end) : []),
    ...incidents(numbers, it),
  ]
}

function ended(numbers: Numbers, { id }: Session, time: number, status: string): ActivityEvent {
  const error = status === 'failed' ? { error_type: numbers.pick(ERRORS) } : {}
  const lines = { loc_added: numbers.below(80), loc_modified: numbers.below(30), loc_deleted: numbers.below(20) }
  return event('agent.session.ended', id, time, { session_id: id, status, ...error, ...lines })
}

function costs(numbers: Numbers, { id, place }: Session, time: number): readonly ActivityEvent[] {
  const unknown = numbers.chance(0.1)
  const cost = (kind: string, amount: number | null, more: object = {}) =>
    event('agent.cost.recorded', `${id}-${kind}`, time, {
      cost_id: `${id}-${kind}`,
      session_id: id,
      ...place,
      kind,
      amount,
      ...more,
    })
  return [
    cost('tokens', unknown ? null : 0.1 + numbers.below(200) / 100, {
      input_tokens: 1000,
      output_tokens: 400,
      cache_read_tokens: 3000,
    }),
    cost('compute', 0.05 + numbers.below(10) / 100, { imputed: true }),
    ...(numbers.chance(0.5) ? [cost('storage', 0.01)] : []),
  ]
}

function pullRequest(numbers: Numbers, { id, place }: Session, time: number): readonly ActivityEvent[] {
  const pr = `pr-${id}`
  const of = (type: string, hours: number, data: object) =>
    event(`agent.pr.${type}`, pr, time + hours * HOUR, {
      pr_id: pr,
      session_id: id,
      team_id: place.team_id,
      created_by: 'agent',
      ...data,
    })
  const revised = numbers.chance(0.2) ? [of('updated', 1, { change: 'revision', major: true, review_minutes: 15 })] : []
  const decided = numbers.chance(0.9)
    ? [of(numbers.chance(0.8) ? 'merged' : 'closed', 2 + numbers.below(20), { review_minutes: 10 })]
    : []
  return [of('opened', 0, {}), ...revised, ...decided]
}

function incidents(numbers: Numbers, { id, start, place }: Session): readonly ActivityEvent[] {
  const at = (type: string, data: object) =>
    event(type, `${type}-${id}`, start + 1000, { session_id: id, ...place, ...data })
  const severity = numbers.pick(['low', 'medium', 'high', 'critical'])
  return [
    at('agent.access.recorded', {
      action: numbers.pick(['read', 'write']),
      allowed: !numbers.chance(0.05),
      path: 'src/index.ts',
      bytes: 2048,
    }),
    ...(numbers.chance(0.1)
      ? [at('security.event', { kind: numbers.pick(['blocked_network', 'auth_failure']), severity })]
      : []),
    ...(numbers.chance(0.08)
      ? [at('security.policy_violation', { policy: 'Egress', severity, blocked: numbers.chance(0.8) })]
      : []),
  ]
}

function seatCost(): ActivityEvent {
  const data = { cost_id: 'seats', team_id: 't1', kind: 'seat', amount: 12 }
  return event('agent.cost.recorded', 'seats', FIRST_DAY + MINUTE, data)
}

/** Told by a provider of git, which knows logins and e-mails. */
function pullRequestsOfPeople(): readonly ActivityEvent[] {
  return USERS.flatMap(({ id, email }, index) => {
    const pr = `own-${id}`
    const time = FIRST_DAY + (12 + index) * DAY + 10 * HOUR
    const author = index % 2 === 0 ? { author_id: `login-${id}` } : { author_id: 'somebody', author_email: email }
    const data = { pr_id: pr, ...author, created_by: 'person' }
    return [
      event('agent.pr.opened', pr, time, data),
      event('agent.pr.updated', pr, time + HOUR, { pr_id: pr, change: 'review', review_minutes: 20 }),
      event('agent.pr.merged', pr, time + (20 + index) * HOUR, { pr_id: pr }),
    ]
  })
}
