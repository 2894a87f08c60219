import type { Session } from '../activity/session.ts'
import { CARELESS_TEAM } from '../catalogue/organisations.ts'
import type { Happening } from '../core/event.ts'
import { DAY } from '../core/local-time.ts'
import type { Random } from '../core/random.ts'
import { type Story, workday } from '../core/story.ts'

const KINDS = [
  {
    kind: 'blocked_network',
    severity: 'medium',
    weight: 9,
    message: 'A request to a domain that is not allowed was stopped.',
  },
  { kind: 'auth_failure', severity: 'low', weight: 6, message: 'A token was refused.' },
  { kind: 'secret_detected', severity: 'high', weight: 2, message: 'A key was found in the output and removed.' },
  { kind: 'sandbox_escape', severity: 'critical', weight: 0.15, message: 'A process tried to leave its sandbox.' },
] as const

const POLICIES = [
  { policy: 'Egress allow list', policy_id: 'pol-egress', kind: 'domain', severity: 'medium', weight: 5 },
  { policy: 'No production secrets', policy_id: 'pol-secrets', kind: 'secret', severity: 'high', weight: 2 },
  { policy: 'No destructive commands', policy_id: 'pol-commands', kind: 'command', severity: 'high', weight: 2 },
  { policy: 'Restricted repositories', policy_id: 'pol-repositories', kind: 'file', severity: 'medium', weight: 2 },
] as const

const RESOURCES: Readonly<Record<string, readonly string[]>> = {
  domain: ['pastebin.com', 'transfer.sh', 'registry.example-mirror.net', 'raw.githubusercontent.com'],
  secret: ['.env.production', 'vault/payments/signing-key'],
  command: ['rm -rf /', 'git push --force origin main', 'curl | sh'],
  file: ['legal/contracts', 'people/salaries.csv'],
}
const EPISODE_TARGET = 'files.unknown-host.xyz'

/** What guards noticed about a session: little, but for two days on which one team's agents follow a bad instruction. */
export function* sessionSecurity(random: Random, story: Story, session: Session): Generator<Happening> {
  if (session.mode.name === 'completions') return
  const isEpisode = session.user.team.name === CARELESS_TEAM && inEpisode(story, session.start)
  const count = isEpisode ? random.int(8, 22) : random.chance(0.035) ? 1 : 0
  for (let index = 1; index <= count; index += 1) {
    const time = Math.round(session.start + (session.end - session.start) * random.next())
    yield isViolation(random, isEpisode)
      ? violation(random, session, time, index, isEpisode)
      : noticed(random, session, time, index, isEpisode)
  }
}

/** The two working days from two weeks before the end of the story. */
function inEpisode({ lastDay }: Story, time: number): boolean {
  const first = workday(workday(lastDay - 13 * DAY) + DAY) - DAY
  return time >= first && time < first + 2 * DAY
}

const isViolation = (random: Random, isEpisode: boolean) => random.chance(isEpisode ? 0.3 : 0.35)

function noticed(random: Random, session: Session, time: number, index: number, isEpisode: boolean): Happening {
  const { weight, ...what } = isEpisode ? KINDS[0] : random.weighted(KINDS)
  const blocked = what.kind !== 'auth_failure'
  const resource = what.kind === 'blocked_network' ? domain(random, isEpisode) : session.repository.name
  const severity = isEpisode ? 'high' : what.severity
  return guard(session, 'security.event', `sec-${index}`, time, { ...what, severity, resource, blocked })
}

function violation(random: Random, session: Session, time: number, index: number, isEpisode: boolean): Happening {
  const { weight, ...what } = isEpisode ? POLICIES[0] : random.weighted(POLICIES)
  const blocked = isEpisode || random.chance(0.85)
  const resource = what.kind === 'domain' ? domain(random, isEpisode) : random.pick(RESOURCES[what.kind] ?? ['unknown'])
  const message = `${what.policy}: ${resource}`
  const action = blocked ? 'blocked' : 'warned'
  const severity = isEpisode ? 'high' : what.severity
  const data = { ...what, severity, resource, blocked, action, message }
  return guard(session, 'security.policy_violation', `pol-${index}`, time, data)
}

const domain = (random: Random, isEpisode: boolean) =>
  isEpisode ? EPISODE_TARGET : random.pick(RESOURCES.domain ?? [EPISODE_TARGET])

function guard(session: Session, type: string, suffix: string, time: number, data: Happening['data']): Happening {
  const { user, repository } = session
  return {
    id: `${session.id}-${suffix}`,
    source: 'security',
    type,
    subject: session.id,
    time,
    received: time + 700,
    data: {
      session_id: session.id,
      user_id: user.id,
      team_id: user.team.id,
      project_id: repository.project.id,
      repository_id: repository.id,
      ...(session.agentId === null ? {} : { agent_id: session.agentId }),
      agent: user.agent.name,
      environment: session.environment,
      region: user.place.region,
      ...data,
    },
  }
}
