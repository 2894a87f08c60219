import { afterEach, describe, expect, it } from 'vitest'
import { enqueue, listNotifications, markRead } from '../../runtime/channels/index.ts'
import type { Channel } from '../../runtime/definitions/index.ts'
import { openStore } from '../../runtime/store/index.ts'
import { postgresDatabase } from '../support/postgres.ts'
import { startReceiver } from '../support/receiver.ts'
import { startSmtp } from '../support/smtp.ts'
import { deliveryOver, message, virtualClock } from './delivering.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const item of open.splice(0).reverse()) await item.close()
})
const track = <T extends { close(): Promise<void> }>(item: T): T => {
  open.push(item)
  return item
}
const MINUTE = 60_000
const leads: Channel = { name: 'leads', type: 'email', to: ['lead@example.org', 'Team <team@lists.example.org>'] }

describe('e-mail', () => {
  it('arrives with text, HTML, attachments and inline pictures, in one thread for an incident', async () => {
    const smtp = track(await startSmtp())
    const { db, delivery } = track(
      await deliveryOver([{ ...leads, subject_prefix: '[metrics]' } as Channel], { smtp: smtp.url }),
    )
    const picture = new Uint8Array([137, 80, 78, 71])
    await enqueue(db, [
      message({ channel: 'leads', title: 'Line\r\nBcc: evil@example.org' }),
      message({
        channel: 'leads',
        key: 'k2',
        status: 'resolved',
        html: '<img src="cid:chart">',
        attachments: [
          { name: 'spend.csv', type: 'text/csv', content: Buffer.from('team,spend\ncore,1\n') },
          { name: 'chart.png', type: 'image/png', content: picture, cid: 'chart' },
        ],
      }),
    ])
    await delivery.drain()
    const [firing, resolved] = smtp.mails
    expect(firing?.subject).toBe('[metrics] Critical: Line Bcc: evil@example.org')
    expect(firing?.bcc).toBeUndefined()
    expect(firing?.headers.get('priority')).toBe('high')
    expect(firing?.text).toContain('Error rate: 31%')
    expect(firing?.text).toContain('https://metrics.example.org/alerts/error_rate_high')
    expect(String(firing?.html)).toContain('core_api &lt;b&gt;')
    expect(String(firing?.html)).toContain('prefers-color-scheme: dark')
    expect(resolved?.references).toEqual(firing?.references)
    const attached = [...(resolved?.attachments ?? [])].sort((a, b) =>
      String(a.filename).localeCompare(String(b.filename)),
    )
    expect(attached.map(({ filename, cid }) => [filename, cid])).toEqual([
      ['chart.png', 'chart'],
      ['spend.csv', undefined],
    ])
    expect(Buffer.compare(attached[0]?.content ?? Buffer.alloc(0), picture)).toBe(0)
  })

  it('waits for a mail server that is down for an hour, then sends all in order, each once', async () => {
    const first = await startSmtp()
    await first.close()
    const clock = virtualClock()
    const { db, delivery } = track(await deliveryOver([leads], { smtp: first.url, now: clock.now }))
    for (let minute = 0; minute < 60; minute += 1) {
      if (minute % 5 === 0) {
        const key = `m${minute}`
        await enqueue(db, [message({ channel: 'leads', key, group: key, title: `Mail ${minute}` })], clock.now())
      }
      await delivery.drain()
      clock.forward(MINUTE)
    }
    const waiting = await delivery.log({ state: 'pending' })
    expect(waiting).toHaveLength(12)
    expect(waiting.at(-1)?.error).toContain('ECONNREFUSED')
    const back = track(await startSmtp(first.port))
    for (let minute = 0; minute < 15; minute += 1) {
      await delivery.drain()
      clock.forward(MINUTE)
    }
    const expected = Array.from({ length: 12 }, (_, index) => `Critical: Mail ${index * 5}`)
    expect(back.mails.map(({ subject }) => subject)).toEqual(expected)
  })

  it('gives up at once what the server refuses for good, and sends what stands behind it', async () => {
    const smtp = track(await startSmtp())
    const { db, delivery } = track(await deliveryOver([leads], { smtp: smtp.url }))
    await enqueue(db, [message({ channel: 'leads' }), message({ channel: 'leads', key: 'k2', title: 'Second' })])
    smtp.refuse(554)
    await delivery.drain()
    const [second, first] = await delivery.log({})
    expect([first?.state, second?.state]).toEqual(['dead', 'dead'])
    expect(first?.error).toContain('554')
    smtp.refuse(null)
    await delivery.replay(second?.id ?? '')
    await delivery.drain()
    expect(smtp.mails.map(({ subject }) => subject)).toEqual(['Critical: Second'])
  })
})

describe('retries', () => {
  it('waits as long as the receiver asks, twice as long after each failure otherwise', async () => {
    const replies = [429, 500, 502, 200]
    const receiver = track(
      await startReceiver((_, count) => ({
        status: replies[count - 1] ?? 200,
        headers: { 'retry-after': count === 1 ? '60' : '' },
      })),
    )
    const clock = virtualClock()
    const { db, delivery } = track(
      await deliveryOver([{ name: 'hook', type: 'webhook', url: receiver.url }], { now: clock.now }),
    )
    await enqueue(db, [message({ channel: 'hook' })], clock.now())
    const start = clock.now().getTime()
    const times: number[] = []
    for (let second = 0; second < 90; second += 1) {
      const before = receiver.received.length
      await delivery.drain()
      if (receiver.received.length > before) times.push((clock.now().getTime() - start) / 1000)
      clock.forward(1000)
    }
    expect(times).toEqual([0, 60, 64, 72])
    const [entry] = await delivery.log({})
    expect(entry).toMatchObject({ state: 'delivered', attempts: 4 })
    const { tries } = await delivery.entry(entry?.id ?? '')
    expect(tries.map(({ response }) => response)).toEqual(['429', '500', '502', '200'])
  })

  it.each([400, 401, 404, 410, 301])('does not repeat what was answered with %i', async (status) => {
    const receiver = track(
      await startReceiver(() => ({ status, headers: { location: '/elsewhere' }, body: 'no such hook' })),
    )
    const { db, delivery } = track(await deliveryOver([{ name: 'hook', type: 'webhook', url: receiver.url }]))
    await enqueue(db, [message({ channel: 'hook' })])
    await delivery.drain()
    expect(receiver.received).toHaveLength(1)
    const [entry] = await delivery.log({})
    expect(entry?.state).toBe('dead')
    expect(entry?.error).toContain(String(status))
  })

  it('gives up after the last attempt and says why', async () => {
    const receiver = track(await startReceiver(() => ({ status: 500, body: 'out of order' })))
    const clock = virtualClock()
    const retry = { attempts: 3 }
    const { db, delivery } = track(
      await deliveryOver([{ name: 'hook', type: 'webhook', url: receiver.url }], { now: clock.now, retry }),
    )
    await enqueue(db, [message({ channel: 'hook' })], clock.now())
    for (let hour = 0; hour < 5; hour += 1) {
      await delivery.drain()
      clock.forward(60 * MINUTE)
    }
    expect(receiver.received).toHaveLength(3)
    expect((await delivery.log({}))[0]).toMatchObject({
      state: 'dead',
      error: 'The receiver answered 500: out of order',
    })
  })

  it('never lets a resolution overtake what it resolves, while other incidents pass', async () => {
    const receiver = track(
      await startReceiver(({ body }, count) => ({ status: count === 1 ? 503 : 200, body: String(body) })),
    )
    const clock = virtualClock()
    const { db, delivery } = track(
      await deliveryOver([{ name: 'hook', type: 'webhook', url: receiver.url }], { now: clock.now }),
    )
    await enqueue(
      db,
      [
        message({ channel: 'hook', key: 'a1' }),
        message({ channel: 'hook', key: 'a2', status: 'resolved' }),
        message({ channel: 'hook', key: 'b1', group: 'other' }),
      ],
      clock.now(),
    )
    const keys = () => receiver.received.map(({ body }) => (body.data as { key: string }).key)
    await delivery.drain()
    const before = keys()
    expect(before).toHaveLength(2)
    expect(before).toContain('b1')
    clock.forward(10_000)
    await delivery.drain()
    expect(
      keys()
        .filter((key) => key.startsWith('a'))
        .slice(-2),
    ).toEqual(['a1', 'a2'])
  })
})

describe('the outbox', () => {
  it('takes a key once for a channel and tenant, also from two transactions', async () => {
    const { db, delivery } = track(await deliveryOver([{ name: 'inbox', type: 'in_app' }]))
    const same = message({ channel: 'inbox' })
    expect(await enqueue(db, [same, { ...same, org: 'globex' }, { ...same, channel: 'other' }])).toBe(3)
    expect(await db.transaction().execute((trx) => enqueue(trx, [same]))).toBe(0)
    expect(await delivery.log({ org: 'acme', channel: 'inbox' })).toHaveLength(1)
  })

  it('forgets what a transaction wrote that was rolled back', async () => {
    const { db, delivery } = track(await deliveryOver([{ name: 'inbox', type: 'in_app' }]))
    const failed = db.transaction().execute(async (trx) => {
      await enqueue(trx, [message({ channel: 'inbox' })])
      throw new Error('no')
    })
    await expect(failed).rejects.toThrow('no')
    expect(await delivery.log({})).toEqual([])
  })

  it('says which variable a channel misses and leaves the others alone', async () => {
    const receiver = track(await startReceiver())
    const { db, delivery } = track(
      await deliveryOver(
        [
          { name: 'bad', type: 'slack', url: '${env:NOT_SET}' },
          { name: 'good', type: 'slack', url: receiver.url },
        ],
        { env: {} },
      ),
    )
    await enqueue(db, [message({ channel: 'bad' }), message({ channel: 'good' }), message({ channel: 'gone' })])
    await delivery.drain()
    const log = await delivery.log({})
    expect(log.map(({ channel, state }) => [channel, state])).toEqual([
      ['gone', 'dead'],
      ['good', 'delivered'],
      ['bad', 'pending'],
    ])
    expect(log[2]?.error).toBe('The environment variable NOT_SET is not set where the server runs.')
    const states = await delivery.channels('acme')
    expect(states.map(({ name, problem }) => [name, problem === null])).toEqual([
      ['bad', false],
      ['good', true],
    ])
  })

  it('keeps secrets out of the log, even where the receiver repeats them', async () => {
    const receiver = track(await startReceiver(({ path }) => ({ status: 400, body: `unknown hook ${path}` })))
    const env = { HOOK: `${receiver.url}/T0/s3cr3t`, TOKEN: '/T0/s3cr3t' }
    const { db, delivery } = track(
      await deliveryOver([{ name: 'hook', type: 'webhook', url: '${env:HOOK}', headers: { a: '${env:TOKEN}' } }], {
        env,
      }),
    )
    await enqueue(db, [message({ channel: 'hook' })])
    await delivery.drain()
    const [entry] = await delivery.log({})
    expect(JSON.stringify([entry, await delivery.entry(entry?.id ?? '')])).not.toContain('s3cr3t')
    expect(entry?.error).toContain('unknown hook •••')
  })
})

describe('several instances', () => {
  it('share one outbox on Postgres without sending anything twice', async ({ skip }) => {
    const url = await postgresDatabase()
    if (url === null) return skip()
    const receiver = track(await startReceiver())
    const channels = [{ name: 'hook', type: 'webhook', url: receiver.url }] as const
    const stores = [await openStore({ url }), await openStore({ url })]
    for (const store of stores) track({ close: () => store.close() })
    const [a, b] = await Promise.all(stores.map((store) => deliveryOver(channels, { store })))
    if (a === undefined || b === undefined) throw new Error('two')
    const messages = Array.from({ length: 120 }, (_, index) =>
      message({ channel: 'hook', key: `k${index}`, group: `g${index % 7}` }),
    )
    await enqueue(a.db, messages)
    const [sentByA, sentByB] = await Promise.all([drainAll(a), drainAll(b)])
    expect(sentByA + sentByB).toBe(120)
    const keys = receiver.received.map(({ body }) => (body.data as { key: string }).key)
    expect(new Set(keys).size).toBe(120)
    expect(keys).toHaveLength(120)
    for (let group = 0; group < 7; group += 1) {
      const own = keys.map((key) => Number(key.slice(1))).filter((index) => index % 7 === group)
      expect(own).toEqual([...own].sort((x, y) => x - y))
    }
  })

  it('take over what another one left unfinished once its lease ran out', async () => {
    const clock = virtualClock()
    const store = await openStore({ memory: true })
    track({ close: () => store.close() })
    const never = () => new Promise<never>(() => undefined)
    const channels = [{ name: 'hook', type: 'webhook', url: 'https://example.org' }] as const
    const dead = await deliveryOver(channels, { store, now: clock.now, post: never })
    let sent = 0
    const post = async () => {
      sent += 1
      return { status: 200, headers: {}, body: '' }
    }
    const alive = await deliveryOver(channels, { store, now: clock.now, post })
    await enqueue(store.db, [message({ channel: 'hook' })], clock.now())
    void dead.delivery.drain()
    while (((await dead.delivery.log({}))[0]?.attempts ?? 0) === 0)
      await new Promise((resolve) => setTimeout(resolve, 5))
    clock.forward(89_000)
    expect([await alive.delivery.drain(), sent]).toEqual([0, 0])
    clock.forward(1_000)
    expect([await alive.delivery.drain(), sent]).toEqual([1, 1])
  })
})

async function drainAll({ delivery }: Awaited<ReturnType<typeof deliveryOver>>) {
  let sent = 0
  for (;;) {
    sent += await delivery.drain()
    if ((await delivery.log({ state: 'pending', limit: 1 })).length === 0) return sent
  }
}

describe('the notification centre', () => {
  it('shows each tenant its own, and remembers for each person what was read', async () => {
    const { db, delivery } = track(await deliveryOver([{ name: 'inbox', type: 'in_app' }]))
    await enqueue(db, [
      message({ channel: 'inbox', key: 'k1' }),
      message({ channel: 'inbox', key: 'k2', title: 'Second' }),
      message({ channel: 'inbox', key: 'k3', org: 'globex' }),
      message({ channel: 'inbox', key: 'k4', title: 'For Mia alone', to: ['mia'] }),
    ])
    await delivery.drain()
    const sight = { whole: [], parts: [], declared: [] }
    const mia = { org: 'acme', user: 'mia', role: 'manager', sight }
    const ben = { org: 'acme', user: 'ben', role: 'viewer', sight }
    const titles = async (reader: typeof mia) =>
      (await listNotifications(db, reader)).notifications.map(({ read, title }) => [
        title.replace('Critical: ', ''),
        read,
      ])
    expect(await titles(mia)).toEqual([
      ['For Mia alone', false],
      ['Second', false],
      ['Many sessions of a team fail', false],
    ])
    const { notifications } = await listNotifications(db, mia)
    await markRead(db, mia, { ids: [notifications[1]?.id ?? '', 'nonsense'] })
    await markRead(db, { org: 'globex', user: 'eve', role: 'admin', sight }, { ids: notifications.map(({ id }) => id) })
    expect(await titles(mia)).toMatchObject([
      [expect.anything(), false],
      ['Second', true],
      [expect.anything(), false],
    ])
    expect((await titles(ben)).map(([title]) => title)).toEqual(['Second', 'Many sessions of a team fail'])
    await markRead(db, mia, { all: true })
    await markRead(db, mia, { all: true })
    expect((await listNotifications(db, mia)).unread).toBe(0)
    expect((await listNotifications(db, ben)).unread).toBe(2)
    expect(notifications[0]).toMatchObject({
      at: new Date('2026-03-02T08:59:00Z'),
      severity: 'critical',
      href: 'https://metrics.example.org/alerts/error_rate_high',
    })
  })
})
