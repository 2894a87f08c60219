import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import examples from '@octokit/webhooks-examples' with { type: 'json' }
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type GitSecret, gitSecrets } from '../runtime/ingest/git/index.ts'
import { type Case, casesOf, expectJson } from './support/cases.ts'
import { type GitServer, startGitServer } from './support/git-server.ts'

interface Delivery {
  readonly provider: GitSecret['provider']
  readonly headers: Readonly<Record<string, string>>
  readonly body: object | string
}

const secrets: readonly GitSecret[] = [
  { provider: 'github', secret: 'hub-of-globex', org: 'globex' },
  { provider: 'github', secret: 'hub', org: 'acme' },
  { provider: 'gitlab', secret: 'lab', org: 'acme' },
  { provider: 'bitbucket', secret: 'bucket' },
]
const SECRET = { github: 'hub', gitlab: 'lab', bitbucket: 'bucket' } as const

let server: GitServer
beforeEach(async () => {
  server = await startGitServer({
    secrets,
    resolveOrg: ({ repository }) => (repository.startsWith('evil/') ? null : 'acme'),
  })
})
afterEach(() => server.close())

async function deliver({ provider, headers, body }: Delivery, secret: string = SECRET[provider]) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const signature = `sha256=${createHmac('sha256', secret).update(text).digest('hex')}`
  const proof = {
    github: { 'x-hub-signature-256': signature },
    gitlab: { 'x-gitlab-token': secret },
    bitbucket: { 'x-hub-signature': signature },
  }[provider]
  return fetch(`${server.url}/v1/webhooks/${provider}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers, ...proof },
    body: text,
  })
}

describe('webhooks', () => {
  it.each(casesOf('git-'))('$name become the expected events, however often they are delivered', async (each) => {
    await expectEvents(each, parse(readFileSync(join(each.dir, 'deliveries.yml'), 'utf8'), { merge: true }))
  })

  it("GitHub's own examples become the expected events", async () => {
    await expectEvents({ name: 'git-github-examples', dir: '' }, githubExamples())
  })

  it.each(['github', 'gitlab', 'bitbucket'] as const)(
    'refuse a sender who does not know the secret of %s',
    async (provider) => {
      const response = await deliver({ provider, headers: {}, body: {} }, 'guess')
      expect(response.status).toBe(401)
      const unsigned = await fetch(`${server.url}/v1/webhooks/${provider}`, { method: 'POST', body: '{}' })
      expect(unsigned.status).toBe(401)
    },
  )

  it('refuse a body that was changed after it was signed', async () => {
    const [opened] = githubExamples()
    const text = JSON.stringify(opened?.body)
    const signature = `sha256=${createHmac('sha256', 'hub').update(text).digest('hex')}`
    const response = await fetch(`${server.url}/v1/webhooks/github`, {
      method: 'POST',
      headers: { 'x-hub-signature-256': signature, 'x-github-event': 'pull_request' },
      body: text.replace('opened', 'closed'),
    })
    expect(response.status).toBe(401)
    expect(await server.events()).toEqual([])
  })

  it('belong to the tenant whose secret signed them, or to the one of the repository', async () => {
    const [opened] = githubExamples()
    if (opened === undefined) throw new Error('There are no examples.')
    await deliver(opened, 'hub-of-globex')
    expect((await server.events()).map(({ org }) => org)).toEqual(['globex'])
    const [, created] = parse(readFileSync(join(import.meta.dirname, 'input/git-bitbucket/deliveries.yml'), 'utf8'), {
      merge: true,
    })
    expect((await deliver(created)).status).toBe(200)
    const stranger = { ...created, body: { ...created.body, repository: { full_name: 'evil/repo' } } }
    expect((await deliver(stranger)).status).toBe(403)
  })

  it('take what is no pull request, a form, and a repository without a name without a word', async () => {
    const ping = {
      provider: 'github',
      headers: { 'x-github-event': 'ping' },
      body: { zen: 'Design for failure.' },
    } as const
    expect(await (await deliver(ping)).json()).toMatchObject({ ignored: 1 })
    const odd = {
      provider: 'github',
      headers: { 'x-github-event': 'pull_request' },
      body: { action: 'opened' },
    } as const
    expect(await (await deliver(odd)).json()).toMatchObject({ ignored: 1 })
    expect((await deliver({ ...odd, body: '[' })).status).toBe(400)
    const [opened] = githubExamples()
    const form = new URLSearchParams({ payload: JSON.stringify(opened?.body) }).toString()
    const headers = { 'x-github-event': 'pull_request', 'content-type': 'application/x-www-form-urlencoded' }
    expect(await (await deliver({ provider: 'github', headers, body: form })).json()).toMatchObject({ accepted: 1 })
  })
})

describe('the secrets of webhooks', () => {
  const secret = 'a secret of some length'

  it('come from the configuration', () => {
    expect(gitSecrets(undefined)).toEqual([])
    const given = [
      { provider: 'github', secret, org: 'acme' },
      { provider: 'gitlab', secret },
    ]
    expect(gitSecrets(given)).toEqual(given)
  })

  it.each([
    [{ provider: 'github', secret }, 'is a list'],
    [[{ provider: 'gitea', secret }], 'must be github, gitlab, bitbucket'],
    [[{ provider: 'github', secret: '' }], 'at least 16 characters'],
    [[{ provider: 'github', secret, orgs: 'acme' }], 'no key `orgs`'],
    [[{ provider: 'github', secret, org: 7 }], 'names a tenant'],
  ])('refuse %j', (given, message) => {
    expect(() => gitSecrets(given)).toThrow(message)
  })
})

async function expectEvents(each: Case, deliveries: readonly Delivery[]) {
  for (const delivery of deliveries) expect((await deliver(delivery)).status).toBe(200)
  const events = await server.events()
  await expectJson(
    each,
    'events.json',
    events.map(({ org, ...event }) => event),
  )
  for (const delivery of deliveries)
    expect(await (await deliver(delivery)).json()).toMatchObject({ accepted: 0, rejected: 0 })
  expect(await server.events()).toEqual(events)
  expect(await server.deadLetters()).toEqual([])
}

function githubExamples(): readonly Delivery[] {
  // The package is a JSON file; its types speak of a module around it.
  const all = examples as unknown as readonly { readonly name: string; readonly examples: readonly object[] }[]
  const names = ['pull_request', 'pull_request_review', 'pull_request_review_comment', 'issue_comment', 'push']
  return names.flatMap((name) =>
    (all.find((each) => each.name === name)?.examples ?? []).map((body) => ({
      provider: 'github' as const,
      headers: { 'x-github-event': name },
      body,
    })),
  )
}
