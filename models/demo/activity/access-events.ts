import type { Happening } from '../core/event.ts'
import { DAY } from '../core/local-time.ts'
import type { Random } from '../core/random.ts'
import type { Story } from '../core/story.ts'
import type { Session } from './session.ts'

const FILES = ['src/index', 'src/routes', 'src/billing/invoice', 'test/checkout', 'config/production', 'README']
const ENDINGS: Readonly<Record<string, string>> = {
  typescript: 'ts',
  python: 'py',
  go: 'go',
  java: 'java',
  kotlin: 'kt',
  rust: 'rs',
  sql: 'sql',
}

/** What agents opened of repositories: two entries a session in the last weeks, a sample of older ones. */
export function* accessEvents(random: Random, { lastDay }: Story, session: Session): Generator<Happening> {
  if (session.mode.name === 'completions') return
  const isRecent = session.start > lastDay - 30 * DAY
  if (!isRecent && !random.chance(0.12)) return
  const { repository, user } = session
  const place = {
    session_id: session.id,
    user_id: user.id,
    team_id: user.team.id,
    project_id: repository.project.id,
    repository_id: repository.id,
    ...(session.agentId === null ? {} : { agent_id: session.agentId }),
    agent: user.agent.name,
    environment: session.environment,
    classification: repository.classification,
  }
  const send = (suffix: string, time: number, data: Happening['data']): Happening => ({
    id: `${session.id}-access-${suffix}`,
    source: 'platform',
    type: 'agent.access.recorded',
    subject: session.id,
    time,
    received: time + random.int(200, 2000),
    data: { ...place, ...data },
  })
  const started = session.start + 900
  yield send('clone', started, { action: 'clone', resource_type: 'repository', path: repository.name, allowed: true })
  const isSecret = random.chance(0.02)
  const allowed = !isSecret && !(repository.classification === 'restricted' && random.chance(0.1))
  yield send('file', Math.min(session.end, started + random.int(2000, 60_000)), {
    action: session.status === 'completed' ? 'write' : 'read',
    resource_type: isSecret ? 'secret' : 'file',
    path: isSecret ? 'config/.env.production' : `${random.pick(FILES)}.${ENDINGS[session.language] ?? 'txt'}`,
    allowed,
    bytes: allowed ? Math.round(random.logNormal(4000, 1)) : 0,
  })
}
