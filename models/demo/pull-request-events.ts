import type { Happening } from './event.ts'
import { DAY, HOUR } from './local-time.ts'
import type { Random } from './random.ts'
import type { Session } from './session.ts'

/** The pull request that a session may have opened, from opening to merge, close or silence. */
export function* pullRequestEvents(random: Random, session: Session): Generator<Happening> {
  if (session.mode.name !== 'agent' || session.status !== 'completed' || !random.chance(0.58)) return
  const id = session.id.replace('ses', 'pr')
  const send = (suffix: string, type: string, time: number, data: Happening['data'] = {}): Happening => ({
    id: `${id}-${suffix}`,
    source: '/git',
    type,
    subject: id,
    time,
    received: time + random.int(300, 3000),
    data: { pr_id: id, repository_id: session.repository.id, ...data },
  })
  const opened = session.end + random.int(20, 240) * 1000
  yield send('opened', 'agent.pr.opened', opened, openedData(random, session))
  const decided = opened + Math.min(12 * DAY, random.logNormal(13 * HOUR, 1.2))
  const revised = random.chance(0.22)
  if (revised) {
    yield send('updated', 'agent.pr.updated', opened + (decided - opened) * 0.6, {
      change: 'revision',
      major: random.chance(0.6),
      review_minutes: random.int(8, 70),
    })
  }
  const fate = random.next()
  if (fate < (revised ? 0.68 : 0.82)) {
    yield send('merged', 'agent.pr.merged', decided, { review_minutes: Math.round(random.logNormal(14, 0.7)) })
  } else if (fate < 0.92) {
    yield send('closed', 'agent.pr.closed', decided, { reason: random.pick(['superseded', 'rejected', 'stale']) })
  }
}

function openedData(random: Random, session: Session): Happening['data'] {
  return {
    session_id: session.id,
    author_id: session.user.id,
    team_id: session.user.team.id,
    project_id: session.repository.project.id,
    number: random.int(100, 9999),
    title: `${session.task.replace('_', ' ')} by ${session.user.agent.name}`,
    branch: `agent/${session.id}`,
    additions: session.loc.added + session.loc.modified,
    deletions: session.loc.deleted + session.loc.modified,
    created_by: 'agent',
  }
}
