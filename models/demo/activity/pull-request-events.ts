import type { Happening } from '../core/event.ts'
import { DAY, HOUR } from '../core/local-time.ts'
import type { Random } from '../core/random.ts'
import type { Organisation, Repository } from '../organisation/organisation.ts'
import type { Team } from '../organisation/teams.ts'
import type { User } from '../organisation/users.ts'
import type { Session } from './session.ts'

/** How a pull request comes to be; times are milliseconds. */
interface Proposal {
  readonly id: string
  readonly author: User
  readonly repository: Repository
  readonly opened: number
  readonly createdBy: 'agent' | 'assisted' | 'person'
  readonly data: Happening['data']
  /** Chance that it has to be revised, and that it is merged in the end. */
  readonly revised: number
  readonly merged: number
  /** Median hours to the decision, and minutes of a review. */
  readonly hours: number
  readonly review: number
}

/** The pull request that a session may have led to, from opening to merge, close or silence. */
export function sessionPullRequest(random: Random, organisation: Organisation, session: Session): Iterable<Happening> {
  const isAgent = session.mode.name === 'agent'
  const likely = isAgent ? 0.58 : session.mode.name === 'edit' ? 0.14 : 0
  if (session.status !== 'completed' || !random.chance(likely)) return []
  return life(random, organisation, {
    id: session.id.replace('ses', 'pr'),
    author: session.user,
    repository: session.repository,
    opened: session.end + random.int(20, 240) * 1000,
    createdBy: isAgent ? 'agent' : 'assisted',
    data: {
      session_id: session.id,
      agent: session.user.agent.name,
      title: `${session.task.replace('_', ' ')} by ${session.user.agent.name}`,
      branch: isAgent ? `agent/${session.id}` : `feature/${session.id}`,
      additions: session.loc.added + session.loc.modified,
      deletions: session.loc.deleted + session.loc.modified,
    },
    revised: isAgent ? 0.22 : 0.17,
    merged: isAgent ? 0.83 : 0.88,
    hours: isAgent ? 11 : 15,
    review: 13,
  })
}

/** A pull request that somebody made without an agent. Some take back an earlier one. */
export function personPullRequest(
  random: Random,
  organisation: Organisation,
  author: User,
  given: { readonly id: string; readonly opened: number },
): Iterable<Happening> {
  const own = organisation.repositoriesOf.get(author.team) ?? []
  const repository = random.pick(own.length > 0 ? own : organisation.repositories)
  const lines = Math.round(random.logNormal(90, 1))
  const reverts = random.chance(0.035)
  const data = {
    title: reverts ? 'Revert a change that broke the build' : `Change of ${repository.name}`,
    branch: `${reverts ? 'revert' : 'feature'}/${given.id}`,
    additions: lines,
    deletions: Math.round(lines * (reverts ? 1 : 0.4)),
    ...(reverts ? { is_revert: true } : {}),
  }
  const pace = reverts ? { hours: 1, revised: 0.02, merged: 0.98 } : { hours: 26, revised: 0.26, merged: 0.87 }
  return life(random, organisation, { ...given, author, repository, createdBy: 'person', data, review: 21, ...pace })
}

function* life(random: Random, { usersOf }: Organisation, proposal: Proposal): Generator<Happening> {
  const { id, opened, repository, author } = proposal
  const common = { pr_id: id, repository_id: repository.id }
  const send = (suffix: string, type: string, time: number, data: Happening['data'] = {}): Happening => ({
    id: `${id}-${suffix}`,
    source: 'git',
    type,
    subject: id,
    time: Math.round(time),
    received: Math.round(time) + random.int(300, 3000),
    data: { ...common, ...data },
  })
  const reviewer = otherThan(random, usersOf, author)
  const decided = opened + Math.min(12 * DAY, random.logNormal(proposal.hours * HOUR, 1.1))
  const moment = (part: number) => opened + (decided - opened) * part
  yield send('opened', 'agent.pr.opened', opened, openedData(random, proposal))
  const revised = random.chance(proposal.revised)
  if (revised) {
    const minutes = Math.round(random.logNormal(proposal.review, 0.6))
    yield send('revision', 'agent.pr.updated', moment(0.6), {
      change: 'revision',
      major: random.chance(0.6),
      reviewer_id: reviewer,
      review_minutes: minutes,
    })
  }
  const fate = random.next()
  const review = Math.round(random.logNormal(proposal.review, 0.7))
  const isMerged = fate < proposal.merged - (revised ? 0.14 : 0)
  if (fate < 0.95 && random.chance(0.6)) {
    const change = isMerged ? 'approval' : 'review'
    yield send('review', 'agent.pr.updated', moment(0.9), { change, reviewer_id: reviewer, review_minutes: review })
  }
  if (isMerged) yield send('merged', 'agent.pr.merged', decided, { merged_by: author.id, review_minutes: 2 })
  else if (fate < 0.95) {
    yield send('closed', 'agent.pr.closed', decided, { reason: random.pick(['superseded', 'rejected', 'stale']) })
  }
}

function openedData(random: Random, { author, repository, createdBy, data }: Proposal): Happening['data'] {
  const number = random.int(100, 9999)
  const url = `https://github.com/${repository.name}/pull/${number}`
  return {
    author_id: author.id,
    team_id: author.team.id,
    project_id: repository.project.id,
    number,
    url,
    base: 'main',
    created_by: createdBy,
    ...data,
  }
}

function otherThan(random: Random, usersOf: ReadonlyMap<Team, readonly User[]>, author: User): string {
  const team = usersOf.get(author.team) ?? []
  const reviewer = team.length > 0 ? random.pick(team) : author
  return reviewer === author ? author.team.manager : reviewer.id
}
