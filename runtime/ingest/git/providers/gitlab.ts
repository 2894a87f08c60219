import type { Account, Change, PullRequestChange, Repository } from '../change.ts'
import type { Payload } from '../payload.ts'
import { isSame } from '../signature.ts'
import type { Provider } from './provider.ts'

/** https://docs.gitlab.com/user/project/integrations/webhook_events/ */
export const gitlab: Provider = {
  name: 'gitlab',
  isGenuine: (_body, headers, secret) => isSame(String(headers['x-gitlab-token'] ?? ''), secret),
  eventOf: (headers) => String(headers['x-gitlab-event'] ?? ''),
  read: (_event, payload) => readers[payload.text('object_kind')]?.(payload) ?? null,
}

const readers: Readonly<Record<string, (payload: Payload) => Change | null>> = {
  merge_request: mergeRequest,
  note,
  push,
}

const UPDATES: Readonly<Record<string, string>> = {
  reopen: 'reopened',
  approved: 'approval',
  approval: 'approval',
  unapproved: 'review',
  unapproval: 'review',
}

function mergeRequest(payload: Payload): PullRequestChange | null {
  const merge = payload.at('object_attributes')
  const actor = account(payload.at('user'))
  const updated = merge.time('updated_at')
  const all = describe(payload, merge, actor)
  const action = merge.text('action')
  if (action === 'open') return { ...all, type: 'opened', time: merge.time('created_at') }
  if (action === 'merge') {
    return { ...all, type: 'merged', time: merge.time('merged_at') || updated, mergedBy: actor }
  }
  if (action === 'close') return { ...all, type: 'closed', time: updated }
  const change = action === 'update' ? updateOf(payload, merge) : UPDATES[action]
  if (change === undefined) return null
  const reviewer = change === 'approval' || change === 'review' ? actor : undefined
  return { ...all, type: 'updated', change, time: merge.time('actioned_at') || updated, reviewer }
}

/** An update with an old revision brought commits. */
function updateOf(payload: Payload, merge: Payload): string {
  if (merge.text('oldrev') !== '') return 'revision'
  const changes = payload.at('changes')
  if (changes.at('labels').exists) return 'labeled'
  if (!changes.at('draft').exists) return 'edited'
  return changes.flag('draft', 'current') ? 'draft' : 'ready'
}

function note(payload: Payload): PullRequestChange | null {
  const merge = payload.at('merge_request')
  if (!merge.exists || payload.flag('object_attributes', 'system')) return null
  const actor = account(payload.at('user'))
  const time = payload.time('object_attributes', 'created_at')
  return { ...describe(payload, merge, actor), type: 'updated', change: 'comment', time, reviewer: actor }
}

function push(payload: Payload): Change | null {
  const [, branch] = /^refs\/heads\/(.+)$/.exec(payload.text('ref')) ?? []
  const commits = payload.list('commits')
  if (branch === undefined || commits.length === 0) return null
  return {
    kind: 'push',
    time: commits.at(-1)?.time('timestamp') ?? '',
    repository: repository(payload.at('project')),
    branch,
    pusher: { login: payload.text('user_username'), email: payload.text('user_email'), isBot: false },
    messages: commits.map((commit) => commit.text('message')),
  }
}

/** GitLab names the author by a number only; who opens a merge request, or has it assigned, is known by name. */
function describe(payload: Payload, merge: Payload, actor: Account): Omit<PullRequestChange, 'type' | 'time'> {
  const people = [...payload.list('assignees'), ...payload.list('reviewers'), payload.at('user')]
  const author = people.find((user) => user.text('id') === merge.text('author_id'))
  return {
    kind: 'pull_request',
    repository: repository(payload.at('project')),
    number: merge.number('iid') ?? 0,
    title: merge.text('title'),
    body: merge.text('description'),
    url: merge.text('url'),
    branch: merge.text('source_branch'),
    base: merge.text('target_branch'),
    isDraft: merge.flag('draft') || merge.flag('work_in_progress'),
    author: author ? account(author) : merge.text('action') === 'open' ? actor : { login: '', isBot: false },
    assignees: payload.list('assignees').map(account),
    labels: payload.list('labels').map((label) => label.text('title')),
    messages: [merge.text('last_commit', 'message')].filter((message) => message !== ''),
  }
}

const repository = (given: Payload): Repository => ({
  name: given.text('path_with_namespace'),
  url: given.text('web_url'),
  defaultBranch: given.text('default_branch'),
})

const account = (user: Payload): Account => ({
  login: user.text('username'),
  email: user.text('email').includes('@') ? user.text('email') : undefined,
  // Tokens of projects and groups act as users of such names.
  isBot: /^(?:project|group)_\d+_bot|[-_.]bot$/.test(user.text('username')),
})
