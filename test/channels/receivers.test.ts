import { Webhook } from 'standardwebhooks'
import { afterEach, describe, expect, it } from 'vitest'
import { enqueue } from '../../runtime/channels/index.ts'
import { startReceiver } from '../support/receiver.ts'
import { deliveryOver, message, virtualClock } from './delivering.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const item of open.splice(0).reverse()) await item.close()
})
const track = <T extends { close(): Promise<void> }>(item: T): T => {
  open.push(item)
  return item
}

describe('messages as their receivers read them', () => {
  it('gives Slack blocks within its limits, with escaped text', async () => {
    const receiver = track(await startReceiver(() => ({ status: 200, body: 'ok' })))
    const { db, delivery } = track(
      await deliveryOver([{ name: 'chat', type: 'slack', url: '${env:HOOK}' }], { env: { HOOK: receiver.url } }),
    )
    const fields = Array.from({ length: 14 }, (_, index) => ({ label: `Field ${index}`, value: 'v'.repeat(3000) }))
    await enqueue(db, [
      message({ channel: 'chat', title: 'T'.repeat(400) }),
      message({ channel: 'chat', key: 'k2', group: 'other', fields, text: '<!channel> & *bold*' }),
    ])
    await delivery.drain()
    const [first, second] = receiver.received.map(({ body }) => body as unknown as SlackBody)
    expect(first?.attachments[0]?.color).toBe('#dc2626')
    expect(first?.attachments[0]?.blocks[0]?.text?.text).toHaveLength(150)
    expect(JSON.stringify(first)).toContain('core_api &lt;b&gt;')
    expect(JSON.stringify(first)).toContain('"url":"https://metrics.example.org/alerts/error_rate_high"')
    const sections = second?.attachments[0]?.blocks.filter(({ type }) => type === 'section') ?? []
    expect(sections[0]?.text?.text).toBe('&lt;!channel&gt; &amp; ∗bold∗')
    expect(sections.slice(1).map((section) => section.fields?.length)).toEqual([10, 4])
    expect(sections[1]?.fields?.every(({ text }) => text.length <= 2000)).toBe(true)
    for (const part of second?.attachments[0]?.blocks ?? []) expect(SLACK_BLOCKS).toContain(part.type)
  })

  it('gives Teams an adaptive card in the envelope of workflows', async () => {
    const receiver = track(await startReceiver())
    const { db, delivery } = track(await deliveryOver([{ name: 'rooms', type: 'teams', url: receiver.url }]))
    await enqueue(db, [message({ channel: 'rooms', status: 'resolved' })])
    await delivery.drain()
    const [body] = receiver.received.map((received) => received.body as unknown as TeamsBody)
    expect(body?.type).toBe('message')
    const [attachment] = body?.attachments ?? []
    expect(attachment?.contentType).toBe('application/vnd.microsoft.card.adaptive')
    expect(attachment?.content).toMatchObject({
      type: 'AdaptiveCard',
      version: '1.4',
      body: [
        { type: 'Container', style: 'good', items: [{ text: 'Resolved: Many sessions of a team fail' }] },
        { type: 'TextBlock', wrap: true },
        {
          type: 'FactSet',
          facts: [
            { title: 'Error rate', value: '31%' },
            { title: 'Team', value: 'core\\_api <b>' },
          ],
        },
        { type: 'TextBlock', isSubtle: true },
      ],
      actions: [{ type: 'Action.OpenUrl', url: 'https://metrics.example.org/alerts/error_rate_high' }],
    })
  })

  it('triggers, acknowledges and resolves a PagerDuty incident under one key', async () => {
    const receiver = track(await startReceiver())
    const url = `${receiver.url}/v2/enqueue`
    const env = { PAGERDUTY_KEY: 'R0UT1NG' }
    const channel = { name: 'oncall', type: 'pagerduty', routing_key: '${env:PAGERDUTY_KEY}', url } as const
    const { db, delivery } = track(await deliveryOver([channel], { env }))
    await enqueue(db, [
      message({ channel: 'oncall' }),
      message({ channel: 'oncall', key: 'k2', status: 'acknowledged' }),
      message({ channel: 'oncall', key: 'k3', status: 'resolved' }),
    ])
    await delivery.drain()
    const events = receiver.received.map(({ body }) => body)
    expect(events.map(({ event_action }) => event_action)).toEqual(['trigger', 'acknowledge', 'resolve'])
    expect(new Set(events.map(({ dedup_key }) => dedup_key))).toEqual(new Set(['acme/error_rate_high:core']))
    expect(events[0]).toMatchObject({
      routing_key: 'R0UT1NG',
      payload: {
        summary: 'Many sessions of a team fail',
        source: 'acme',
        severity: 'critical',
        timestamp: '2026-03-02T08:59:00.000Z',
        custom_details: { 'Error rate': '31%' },
      },
      links: [{ href: 'https://metrics.example.org/alerts/error_rate_high', text: 'Open alert' }],
    })
    expect(Object.keys(events[2] ?? {}).sort()).toEqual(['dedup_key', 'event_action', 'routing_key'])
  })

  it('leaves no incident open after a test', async () => {
    const receiver = track(await startReceiver())
    const { delivery } = track(
      await deliveryOver([{ name: 'oncall', type: 'pagerduty', routing_key: 'x', url: receiver.url }]),
    )
    expect(await delivery.test('oncall', 'acme')).toMatchObject({ ok: true, response: '202' })
    expect(receiver.received.map(({ body }) => body.event_action)).toEqual(['trigger', 'resolve'])
  })

  it('creates, acknowledges and closes an Opsgenie alert under one alias', async () => {
    const receiver = track(await startReceiver())
    const url = `${receiver.url}/v2/alerts`
    const { db, delivery } = track(
      await deliveryOver([{ name: 'ops', type: 'opsgenie', api_key: '${env:K}', url }], { env: { K: 'g3n' } }),
    )
    const group = 'g'.repeat(600)
    await enqueue(db, [
      message({ channel: 'ops', group, title: 'T'.repeat(200) }),
      message({ channel: 'ops', group, key: 'k2', status: 'acknowledged' }),
      message({ channel: 'ops', group, key: 'k3', status: 'resolved' }),
    ])
    await delivery.drain()
    const [create, acknowledge, close] = receiver.received
    const alias = String(create?.body.alias)
    expect(alias).toHaveLength(512)
    expect(create).toMatchObject({ path: '/v2/alerts', body: { priority: 'P1', tags: ['alert', 'critical', 'acme'] } })
    expect(String(create?.body.message)).toHaveLength(130)
    expect(receiver.received.every(({ headers }) => headers.authorization === 'GenieKey g3n')).toBe(true)
    expect(acknowledge?.path).toBe(`/v2/alerts/${encodeURIComponent(alias)}/acknowledge?identifierType=alias`)
    expect(close?.path).toBe(`/v2/alerts/${encodeURIComponent(alias)}/close?identifierType=alias`)
  })

  it('signs webhooks so that the reference library verifies them, at each attempt under the same id', async () => {
    const secret = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`
    const receiver = track(await startReceiver((_, count) => ({ status: count === 1 ? 503 : 200 })))
    const clock = virtualClock()
    const { db, delivery } = track(
      await deliveryOver(
        [
          {
            name: 'platform',
            type: 'webhook',
            url: receiver.url,
            secret: '${env:SECRET}',
            headers: { 'X-Team': '${env:TEAM}', 'Webhook-Id': 'forged' },
          },
        ],
        { env: { SECRET: secret, TEAM: 'core' }, now: clock.now },
      ),
    )
    const event = { type: 'budget.limit.reached', data: { team: 'core', spent: 120 } }
    await enqueue(db, [message({ channel: 'platform', kind: 'budget_limit', event })], clock.now())
    await delivery.drain()
    clock.forward(2_000)
    await delivery.drain()
    expect(receiver.received).toHaveLength(2)
    const ids = receiver.received.map(({ headers }) => headers['webhook-id'])
    expect(ids[0]).toMatch(/^msg_[0-9a-f]{28}$/)
    expect(ids[1]).toBe(ids[0])
    for (const { headers, text } of receiver.received) {
      const verified = new Webhook(secret).verify(text, headers as Record<string, string>)
      expect(verified).toEqual({
        type: 'budget.limit.reached',
        timestamp: '2026-03-02T08:59:00.000Z',
        data: event.data,
      })
      expect(() => new Webhook(secret).verify(`${text} `, headers as Record<string, string>)).toThrow()
      expect(headers['x-team']).toBe('core')
    }
  })
})

const SLACK_BLOCKS = ['header', 'section', 'actions', 'context']

interface SlackBody {
  readonly attachments: readonly {
    readonly color: string
    readonly blocks: readonly {
      readonly type: string
      readonly text?: { readonly text: string }
      readonly fields?: readonly { readonly text: string }[]
    }[]
  }[]
}
interface TeamsBody {
  readonly type: string
  readonly attachments: readonly { readonly contentType: string; readonly content: object }[]
}
