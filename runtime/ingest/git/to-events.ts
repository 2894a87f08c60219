import { createHash } from 'node:crypto'
import { type Attribution, attribute, sessionOf } from './attribution/index.ts'
import type { Account, Change, PullRequestChange, Push, Repository } from './change.ts'

export interface GitEvent {
  readonly specversion: '1.0'
  readonly id: string
  readonly source: string
  readonly type: string
  readonly subject: string
  readonly time: string
  readonly datacontenttype: 'application/json'
  readonly data: Readonly<Record<string, unknown>>
}

export interface Delivery {
  readonly provider: string
  /** Of the bytes that were signed: a delivery that is repeated has the same. */
  readonly digest: string
  readonly change: Change
  /** What was learned of the branch before, where the change itself says nothing. */
  readonly known: Known | null
}

/** What an earlier push said of a branch. */
export interface Known {
  readonly agent: string
  readonly session: string | null
}

export const digestOf = (body: Buffer) => createHash('sha256').update(body).digest('hex').slice(0, 32)

/** The subject under which a branch is remembered. */
export const branchSubject = (repository: Repository, branch: string) => `${repository.name}@${branch}`.slice(0, 1024)

export function toEvents(delivery: Delivery): readonly GitEvent[] {
  const { change } = delivery
  return change.kind === 'push' ? pushEvents(delivery, change) : [pullRequestEvent(delivery, change)]
}

function pullRequestEvent({ provider, digest, change: _, known }: Delivery, change: PullRequestChange): GitEvent {
  const { repository, number, title, url, branch, base, reviewer, mergedBy } = change
  const attribution = attribute(change)
  const session = sessionOf(change) ?? known?.session ?? null
  const person = personOf(change)
  const id = `${repository.name}#${number}`
  return event(provider, digest, `agent.pr.${change.type}`, id, change.time, {
    pr_id: id,
    provider,
    repository_id: repository.name,
    number,
    title: title.slice(0, 1024),
    url,
    branch: branch.slice(0, 1024),
    base: base.slice(0, 1024),
    ...some('author_id', person?.login),
    ...some('author_email', person?.email),
    ...attributed(attribution, known),
    ...(session === null ? {} : { session_id: session }),
    ...(change.type === 'opened' ? { draft: change.isDraft } : {}),
    ...some('change', change.change),
    ...some('reviewer_id', reviewer?.login),
    ...(reviewer ? { reviewer_is_bot: reviewer.isBot } : {}),
    ...some('merged_by', mergedBy?.login),
    ...some('additions', change.additions),
    ...some('deletions', change.deletions),
    ...some('files_changed', change.filesChanged),
    ...some('commits', change.commits),
  })
}

function attributed(attribution: Attribution | null, known: Known | null): Readonly<Record<string, string>> {
  if (attribution) return { agent: attribution.agent, created_by: attribution.createdBy, attributed_by: attribution.by }
  return known ? { agent: known.agent, created_by: 'assisted', attributed_by: 'trailer' } : {}
}

/** A push by or with an agent: the audit log has it, and pull requests of the branch are known by it. */
function pushEvents({ provider, digest }: Delivery, push: Push): readonly GitEvent[] {
  const attribution = attribute(push)
  if (attribution === null) return []
  const session = sessionOf(push)
  const data = {
    repository_id: push.repository.name,
    provider,
    action: 'push',
    resource_type: 'branch',
    path: push.branch,
    allowed: true,
    agent: attribution.agent,
    commits: push.messages.length,
    ...(session === null ? {} : { session_id: session }),
    ...(push.pusher.isBot ? {} : some('user_id', push.pusher.login)),
    ...(push.pusher.isBot ? {} : some('user_email', push.pusher.email)),
  }
  return [
    event(provider, digest, 'agent.access.recorded', branchSubject(push.repository, push.branch), push.time, data),
  ]
}

/** Who answers for it: the author, or whom the agent that made it works for. */
function personOf({ author, assignees }: PullRequestChange): Account | undefined {
  return [author, ...assignees].find(({ login, isBot }) => login !== '' && !isBot)
}

function event(
  provider: string,
  digest: string,
  type: string,
  subject: string,
  time: string,
  data: GitEvent['data'],
): GitEvent {
  return {
    specversion: '1.0',
    id: digest,
    source: `/git/${provider}`,
    type,
    subject,
    time,
    datacontenttype: 'application/json',
    data,
  }
}

const some = (key: string, value: string | number | undefined) =>
  value === undefined || value === '' ? {} : { [key]: value }
