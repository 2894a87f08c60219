import type { Account, Change, PullRequestChange, Repository } from '../change.ts'
import type { Payload } from '../payload.ts'
import { isSigned } from '../signature.ts'
import type { Provider } from './provider.ts'

/**
 * Cloud: https://support.atlassian.com/bitbucket-cloud/docs/event-payloads/; Data Center:
 * https://confluence.atlassian.com/bitbucketserver/event-payload-938025882.html
 */
export const bitbucket: Provider = {
  name: 'bitbucket',
  isGenuine: (body, headers, secret) => isSigned(body, String(headers['x-hub-signature'] ?? ''), secret),
  eventOf: (headers) => String(headers['x-event-key'] ?? ''),
  read: (event, payload) => (event.startsWith('pr:') ? readServer(event, payload) : readCloud(event, payload)),
}

type Meaning = Pick<PullRequestChange, 'type' | 'change'>

const CLOUD: Readonly<Record<string, Meaning>> = {
  'pullrequest:created': { type: 'opened' },
  'pullrequest:updated': { type: 'updated', change: 'revision' },
  'pullrequest:fulfilled': { type: 'merged' },
  'pullrequest:rejected': { type: 'closed' },
  'pullrequest:approved': { type: 'updated', change: 'approval' },
  'pullrequest:changes_request_created': { type: 'updated', change: 'review' },
  'pullrequest:comment_created': { type: 'updated', change: 'comment' },
}

function readCloud(event: string, payload: Payload): Change | null {
  if (event === 'repo:push') return push(payload)
  const meaning = CLOUD[event]
  if (meaning === undefined) return null
  const pull = payload.at('pullrequest')
  const actor = account(payload.at('actor'))
  const given = ['approval', 'changes_request', 'comment'].map((key) => payload.at(key)).find(({ exists }) => exists)
  return {
    ...meaning,
    kind: 'pull_request',
    time: timeOf(pull, meaning.type, given),
    repository: repository(payload.at('repository')),
    number: pull.number('id') ?? 0,
    title: pull.text('title'),
    body: pull.text('description'),
    url: pull.text('links', 'html', 'href'),
    branch: pull.text('source', 'branch', 'name'),
    base: pull.text('destination', 'branch', 'name'),
    isDraft: pull.flag('draft'),
    author: account(pull.at('author')),
    assignees: [],
    labels: [],
    messages: [],
    reviewer: given ? actor : undefined,
    mergedBy: meaning.type === 'merged' ? actor : undefined,
  }
}

function timeOf(pull: Payload, type: PullRequestChange['type'], given: Payload | undefined): string {
  if (given) return given.time('date') || given.time('created_on') || pull.time('updated_on')
  return type === 'opened' ? pull.time('created_on') : pull.time('updated_on')
}

function push(payload: Payload): Change | null {
  const change = payload.list('push', 'changes').find((each) => each.text('new', 'type') === 'branch')
  if (change === undefined) return null
  return {
    kind: 'push',
    time: change.time('new', 'target', 'date'),
    repository: repository(payload.at('repository')),
    branch: change.text('new', 'name'),
    pusher: account(payload.at('actor')),
    messages: change.list('commits').map((commit) => commit.text('message')),
  }
}

const repository = (given: Payload): Repository => ({
  name: given.text('full_name'),
  url: given.text('links', 'html', 'href'),
  defaultBranch: given.text('mainbranch', 'name'),
})

const account = (user: Payload): Account => ({
  login: user.text('nickname') || user.text('username') || user.text('display_name'),
  isBot: ['AppUser', 'app_user', 'team'].includes(user.text('type')),
})

const SERVER: Readonly<Record<string, Meaning>> = {
  'pr:opened': { type: 'opened' },
  'pr:from_ref_updated': { type: 'updated', change: 'revision' },
  'pr:modified': { type: 'updated', change: 'edited' },
  'pr:merged': { type: 'merged' },
  'pr:declined': { type: 'closed' },
  'pr:reviewer:approved': { type: 'updated', change: 'approval' },
  'pr:reviewer:needs_work': { type: 'updated', change: 'review' },
  'pr:reviewer:changes_requested': { type: 'updated', change: 'review' },
  'pr:comment:added': { type: 'updated', change: 'comment' },
}

function readServer(event: string, payload: Payload): Change | null {
  const meaning = SERVER[event]
  if (meaning === undefined) return null
  const pull = payload.at('pullRequest')
  const actor = serverAccount(payload.at('actor'))
  const target = pull.at('toRef', 'repository')
  const isReview = ['approval', 'review', 'comment'].includes(meaning.change ?? '')
  return {
    ...meaning,
    kind: 'pull_request',
    time: meaning.type === 'opened' ? pull.time('createdDate') : payload.time('date'),
    repository: {
      name: `${target.text('project', 'key')}/${target.text('slug')}`,
      url: target.list('links', 'self')[0]?.text('href') ?? '',
      defaultBranch: '',
    },
    number: pull.number('id') ?? 0,
    title: pull.text('title'),
    body: pull.text('description'),
    url: pull.list('links', 'self')[0]?.text('href') ?? '',
    branch: pull.text('fromRef', 'displayId'),
    base: pull.text('toRef', 'displayId'),
    isDraft: pull.flag('draft'),
    author: serverAccount(pull.at('author', 'user')),
    assignees: [],
    labels: [],
    messages: [],
    reviewer: isReview ? actor : undefined,
    mergedBy: meaning.type === 'merged' ? actor : undefined,
  }
}

const serverAccount = (user: Payload): Account => ({
  login: user.text('name'),
  email: user.text('emailAddress') || undefined,
  isBot: user.text('type') === 'SERVICE',
})
