import type { Account, Change, PullRequestChange, Repository } from '../change.ts'
import type { Payload } from '../payload.ts'
import { isSigned } from '../signature.ts'
import type { Provider } from './provider.ts'

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads */
export const github: Provider = {
  name: 'github',
  isGenuine: (body, headers, secret) => isSigned(body, String(headers['x-hub-signature-256'] ?? ''), secret),
  eventOf: (headers) => String(headers['x-github-event'] ?? ''),
  read: (event, payload) => readers[event]?.(payload) ?? null,
}

const readers: Readonly<Record<string, (payload: Payload) => Change | null>> = {
  pull_request: pullRequest,
  pull_request_review: review,
  pull_request_review_comment: (payload) => comment(payload, 'pull_request'),
  issue_comment: (payload) => (payload.at('issue', 'pull_request').exists ? comment(payload, 'issue') : null),
  push,
}

const UPDATES: Readonly<Record<string, string>> = {
  synchronize: 'revision',
  ready_for_review: 'ready',
  converted_to_draft: 'draft',
  reopened: 'reopened',
  edited: 'edited',
  labeled: 'labeled',
  assigned: 'assigned',
}

function pullRequest(payload: Payload): PullRequestChange | null {
  const action = payload.text('action')
  const pull = payload.at('pull_request')
  const all = { ...describe(payload, pull), ...sizes(pull) }
  if (action === 'opened') return { ...all, type: 'opened', time: pull.time('created_at') }
  if (action === 'closed') {
    const isMerged = pull.flag('merged')
    if (!isMerged) return { ...all, type: 'closed', time: pull.time('closed_at') }
    return { ...all, type: 'merged', time: pull.time('merged_at'), mergedBy: account(pull.at('merged_by')) }
  }
  const change = UPDATES[action]
  return change === undefined ? null : { ...all, type: 'updated', change, time: pull.time('updated_at') }
}

function review(payload: Payload): PullRequestChange | null {
  if (payload.text('action') !== 'submitted') return null
  const given = payload.at('review')
  return {
    ...describe(payload, payload.at('pull_request')),
    type: 'updated',
    change: given.text('state') === 'approved' ? 'approval' : 'review',
    time: given.time('submitted_at'),
    reviewer: account(given.at('user')),
  }
}

function comment(payload: Payload, of: 'pull_request' | 'issue'): PullRequestChange | null {
  if (payload.text('action') !== 'created') return null
  const given = payload.at('comment')
  return {
    ...describe(payload, payload.at(of)),
    type: 'updated',
    change: 'comment',
    time: given.time('created_at'),
    reviewer: account(given.at('user')),
  }
}

function push(payload: Payload): Change | null {
  const [, branch] = /^refs\/heads\/(.+)$/.exec(payload.text('ref')) ?? []
  const commits = payload.list('commits')
  if (branch === undefined || commits.length === 0) return null
  return {
    kind: 'push',
    time: payload.time('head_commit', 'timestamp'),
    repository: repository(payload.at('repository')),
    branch,
    pusher: account(payload.at('sender')),
    messages: commits.map((commit) => commit.text('message')),
  }
}

type Described = Omit<PullRequestChange, 'type' | 'time'>

function describe(payload: Payload, pull: Payload): Described {
  return {
    kind: 'pull_request',
    repository: repository(payload.at('repository')),
    number: pull.number('number') ?? 0,
    title: pull.text('title'),
    body: pull.text('body'),
    url: pull.text('html_url'),
    branch: pull.text('head', 'ref'),
    base: pull.text('base', 'ref'),
    isDraft: pull.flag('draft'),
    author: account(pull.at('user')),
    assignees: pull.list('assignees').map(account),
    labels: pull.list('labels').map((label) => label.text('name')),
    messages: [],
  }
}

const sizes = (pull: Payload) => ({
  additions: pull.number('additions'),
  deletions: pull.number('deletions'),
  filesChanged: pull.number('changed_files'),
  commits: pull.number('commits'),
})

const repository = (given: Payload): Repository => ({
  name: given.text('full_name'),
  url: given.text('html_url'),
  defaultBranch: given.text('default_branch'),
})

const account = (user: Payload): Account => ({
  login: user.text('login'),
  isBot: user.text('type') === 'Bot' || user.text('login').endsWith('[bot]'),
})
