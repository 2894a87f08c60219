import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { enqueue, type Message } from '../../runtime/channels/index.ts'
import { SAMPLE } from '../support/sample-project.ts'
import { type SampleServer, serveSample } from '../support/serve-sample.ts'
import { startSmtp, type TestSmtp } from '../support/smtp.ts'
import { message } from './delivering.ts'

const CONFIG = SAMPLE['metrics.config.yml'] ?? ''
const ALERTS = `version: 1
channels:
  - { name: inbox, type: in_app }
  - { name: leads, type: email, to: [leads@example.org, Ben <BEN@x.example>] }
alerts:
${[
  ...['down', 'noisy', 'quiet'].map((name) => [name, '']),
  ['by_team', 'by: [team], '],
  ['by_status', 'by: [status], '],
]
  .map(
    ([name, by]) =>
      `  - { name: ${name}, type: threshold, metric: revenue, grain: day, ${by}when: { above: 1000000 }, notify: [inbox] }`,
  )
  .join('\n')}
`
let smtp: TestSmtp
let server: SampleServer

/** Accounts of a person, as their settings name them. */
const PEOPLE = [
  ['mia', 'x', 'mia@x.example', {}],
  ['ben', 'x', 'ben@x.example', { severities: { critical: ['in_app', 'email'], warning: ['email'] } }],
  ['cat', 'x', 'cat@x.example', { severities: { critical: ['email'] }, alerts: { noisy: [], quiet: ['email'] } }],
  ['gone', 'x', 'gone@x.example', { severities: { critical: ['email'] } }],
  ['max', 'x', 'max@x.example', { severities: { critical: ['email'] } }, 'manager', 'mia'],
  ['yan', 'y', 'yan@y.example', { severities: { critical: ['email'], warning: ['email'], info: ['email'] } }],
] as const

beforeAll(async () => {
  smtp = await startSmtp()
  server = await serveSample(
    { key: { org: 'x', role: 'admin', scopes: ['query', 'admin'] } },
    {
      'metrics.config.yml': `${CONFIG}mail: { smtp: "${smtp.url}", from: metrics@example.org }\n`,
      'alerts/shop.yml': ALERTS,
    },
  )
  const { db } = server.runtime.store
  for (const [id, org, email, notifications, role = 'viewer', directory_id = null] of PEOPLE) {
    const deactivated_at = id === 'gone' ? new Date() : null
    await db.insertInto('users').values({ id, org, email, name: id, role, directory_id, deactivated_at }).execute()
    const value = JSON.stringify({ notifications })
    await db
      .insertInto('preferences')
      .values({ owner: `account:${id}`, org, value })
      .execute()
  }
})
beforeEach(() => {
  smtp.mails.length = 0
})
afterAll(async () => {
  await server?.close()
  await smtp?.close()
})

let count = 0
/** The receivers of the mails after an alert went to the notification centre. */
async function told(alert: string, severity: Message['severity'], more: Partial<Message> = {}) {
  count += 1
  const links = [{ label: 'Open the alert', href: `/alerts?alert=${alert}` }]
  const key = `k${count}`
  const about = { alert, instances: ['{}'] }
  await enqueue(server.runtime.store.db, [
    message({
      channel: 'inbox',
      org: 'x',
      key,
      group: key,
      severity,
      links,
      about,
      title: `The alert ${alert}`,
      ...more,
    }),
  ])
  await server.runtime.delivery.drain()
  return smtp.mails
    .map(({ to }) =>
      [to]
        .flat()
        .map((one) => one?.text)
        .join(),
    )
    .sort()
}

describe('alerts mailed to single people', () => {
  it('reach who wants the severity, each alone, and nobody by default', async () => {
    expect(await told('down', 'critical')).toEqual(['ben@x.example', 'cat@x.example'])
    expect(smtp.mails[0]?.subject).toBe('Critical: The alert down')
    expect(smtp.mails[0]?.html).toContain('/settings/notifications')
  })

  it('are those of the organisation that the person belongs to', async () => {
    expect(await told('down', 'info')).toEqual([])
    expect(await told('down', 'info', { org: 'y' })).toEqual(['yan@y.example'])
  })

  it('are of what the person may see: a manager is mailed what is of their own teams alone', async () => {
    const about = (alert: string, labels: object) => ({ about: { alert, instances: [JSON.stringify(labels)] } })
    expect(await told('by_team', 'critical', about('by_team', { team: 'red' }))).toContain('max@x.example')
    smtp.mails.length = 0
    const others = await told('by_team', 'critical', about('by_team', { team: 'blue' }))
    expect(others).toEqual(['ben@x.example', 'cat@x.example'])
    smtp.mails.length = 0
    // The status is hidden from viewers, and its open orders are those of another team.
    expect(await told('by_status', 'critical', about('by_status', { status: 'open' }))).toEqual([])
  })

  it('leave out what somebody muted, and bring what they chose whatever its severity', async () => {
    expect(await told('noisy', 'critical')).toEqual(['ben@x.example'])
    smtp.mails.length = 0
    expect(await told('quiet', 'info')).toEqual(['cat@x.example'])
  })

  it('are alerts alone, and not what only others are told', async () => {
    expect(await told('down', 'critical', { kind: 'report' })).toEqual([])
    expect(await told('down', 'critical', { to: ['somebody'] })).toEqual([])
  })

  it('leave out who has it by a mailing list that is told of it, too', async () => {
    const of = (channel: string) => message({ channel, org: 'x', key: 'list', group: 'list', severity: 'critical' })
    await enqueue(server.runtime.store.db, [of('leads')])
    expect(await told('down', 'critical', { key: 'list', group: 'list' })).toEqual([
      'cat@x.example',
      'leads@example.org, "Ben" <BEN@x.example>',
    ])
  })

  it('come once, also where the notification is sent again', async () => {
    await told('down', 'warning')
    const [entry] = await server.runtime.delivery.log({ org: 'x', channel: 'inbox', limit: 1 })
    await server.runtime.delivery.replay(entry?.id ?? '')
    await server.runtime.delivery.drain()
    expect(smtp.mails).toHaveLength(1)
  })
})

describe('choosing mails', () => {
  const mailed = { notifications: { severities: { critical: ['in_app', 'email'] } } }

  it('is for people with an account: a key has no address', async () => {
    const { body } = await server.ask<{ mail: object }>('/api/v1/preferences', { as: 'key' })
    expect(body.mail).toEqual({ address: null, problem: 'Only people with an account have an address.' })
    const refused = await server.ask('/api/v1/preferences', { as: 'key', method: 'PUT', body: mailed })
    expect([refused.status, JSON.stringify(refused.body)]).toEqual([400, expect.stringContaining('AM5033')])
  })

  it('needs a mail server and a channel of mails, and says what is missing', async () => {
    expect(server.runtime.delivery.mailProblem()).toBe(null)
    const without = async (files: Record<string, string>) => {
      const other = await serveSample({}, files)
      const problem = other.runtime.delivery.mailProblem()
      await other.close()
      return problem
    }
    expect(await without({ 'alerts/shop.yml': ALERTS })).toContain('Mail is not set up')
    expect(await without({})).toContain('no channel of the type email')
  })
})
