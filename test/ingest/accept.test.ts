import { describe, expect, it, onTestFinished, vi } from 'vitest'
import {
  BusyError,
  createIngest,
  eventSchemas,
  listDeadLetters,
  replayDeadLetters,
  Unreadable,
} from '../../runtime/ingest/index.ts'
import { openWarehouse, type WarehouseLocation } from '../../runtime/warehouse/index.ts'
import { postgresDatabase } from '../support/postgres.ts'
import { countOf, duckDb, openIngest, rowsOf, stepEvent, steps } from './support/fixture.ts'

const postgres = await postgresDatabase()
const NOW = Date.parse('2026-03-02T00:00:00Z')
const clock = () => NOW
const statuses = (results: readonly { readonly status: string }[]) => results.map(({ status }) => status)

/** A table of events that does not take one of them. */
async function refuseId(location: WarehouseLocation, id: string) {
  const first = await openIngest(location)
  const columns = (await first.warehouse.describe('raw.events')).map(
    ({ name, type }) => `${name} ${type === 'timestamp' ? 'timestamp' : type === 'number' ? 'bigint' : 'varchar'}`,
  )
  await first.warehouse.query('DROP TABLE raw.events')
  await first.warehouse.query(`CREATE TABLE raw.events (${columns.join(', ')}, CHECK (id <> '${id}'))`)
  await first.stop()
}

const engines = [
  { name: 'DuckDB', locate: async () => duckDb(), skip: false },
  {
    name: 'Postgres',
    locate: async () => ({ type: 'postgres' as const, url: (await postgresDatabase()) ?? '' }),
    skip: postgres === null,
  },
]

describe.each(engines)('ingest on $name', ({ locate, skip }) => {
  const test = it.skipIf(skip)

  test('keeps an event as it came, with the time of its receipt', async () => {
    const ingest = await openIngest(await locate(), { clock })
    const event = { ...stepEvent(1, { mine: { a: [1, 'ü'] } }), traceparent: '00-abc', dataschema: 'urn:x' }
    expect(await ingest.accept('acme', [event])).toEqual([{ position: 0, status: 'accepted', id: 'step-1' }])
    const [row] = await rowsOf(ingest.warehouse, 'SELECT * FROM raw.events')
    expect(row).toMatchObject({
      org_id: 'acme',
      source: '/agents',
      id: 'step-1',
      type: 'agent.session.step',
      subject: 'ses-1',
      time: '2026-03-01T12:00:00.000Z',
      received_at: '2026-03-02T00:00:00.000Z',
      original_time: null,
    })
    expect(JSON.parse(String(row?.data))).toEqual(event.data)
    expect(JSON.parse(String(row?.attributes))).toEqual({ traceparent: '00-abc', dataschema: 'urn:x' })
  })

  test('reads times with an offset, keeps late ones and clamps those in the future', async () => {
    const ingest = await openIngest(await locate(), { clock })
    await ingest.accept('acme', [
      { ...stepEvent(1), time: '2026-03-01T23:30:00.250+02:00' },
      { ...stepEvent(2), time: '2019-01-01T00:00:00Z' },
      { ...stepEvent(3), time: '2026-03-02T00:04:00Z' },
      { ...stepEvent(4), time: '2031-01-01T00:00:00Z' },
      { ...stepEvent(5), time: undefined },
    ])
    const rows = await rowsOf(ingest.warehouse, 'SELECT id, time, original_time FROM raw.events ORDER BY id')
    expect(rows.map(({ time, original_time }) => [time, original_time])).toEqual([
      ['2026-03-01T21:30:00.250Z', null],
      ['2019-01-01T00:00:00.000Z', null],
      ['2026-03-02T00:04:00.000Z', null],
      ['2026-03-02T00:00:00.000Z', '2031-01-01T00:00:00.000Z'],
      ['2026-03-02T00:00:00.000Z', null],
    ])
  })

  test('takes an event once, within a request, over requests and over tenants', async () => {
    const ingest = await openIngest(await locate(), { clock })
    const event = stepEvent(1)
    expect(statuses(await ingest.accept('acme', [event, event]))).toEqual(['accepted', 'duplicate'])
    expect(statuses(await ingest.accept('acme', [event, stepEvent(2)]))).toEqual(['duplicate', 'accepted'])
    expect(statuses(await ingest.accept('globex', [event]))).toEqual(['accepted'])
    expect(statuses(await ingest.accept('acme', [{ ...event, source: '/other' }]))).toEqual(['accepted'])
    expect(await countOf(ingest.warehouse)).toBe(4)
  })

  test('knows a duplicate by its content, whatever the order of keys, the zone of the time or the hop', async () => {
    const ingest = await openIngest(await locate(), { clock })
    const { data, ...rest } = stepEvent(1, { tool: 'bash', list: [{ a: 1, b: 2 }] })
    await ingest.accept('acme', [{ ...rest, data }])
    const again = {
      data: { list: [{ b: 2, a: 1 }], ...Object.fromEntries(Object.entries(data).reverse()) },
      ...rest,
      time: '2026-03-01T13:00:00+01:00',
      traceparent: '00-other',
    }
    expect(statuses(await ingest.accept('acme', [again]))).toEqual(['duplicate'])
  })

  test('knows a duplicate of an event without a time, and of one whose time was clamped', async () => {
    let now = NOW
    const ingest = await openIngest(await locate(), { clock: () => now })
    const events = [
      { ...stepEvent(1), time: undefined },
      { ...stepEvent(2), time: '2026-03-05T00:00:00Z' },
    ]
    await ingest.accept('acme', events)
    now += 10 * 86_400_000
    expect(statuses(await ingest.accept('acme', events))).toEqual(['duplicate', 'duplicate'])
  })

  test('quarantines another event under a known id', async () => {
    const ingest = await openIngest(await locate(), { clock })
    await ingest.accept('acme', [stepEvent(1)])
    const others = [stepEvent(1, { tool: 'bash' }), { ...stepEvent(1), subject: 'ses-2' }]
    const results = await ingest.accept('acme', [...others, { ...stepEvent(1), time: '2026-03-01T12:00:01Z' }])
    expect(results.map((result) => 'code' in result && result.code)).toEqual(['AM7005', 'AM7005', 'AM7005'])
    expect(await countOf(ingest.warehouse)).toBe(1)
    const [letter] = await listDeadLetters(ingest.warehouse)
    expect(JSON.parse(letter?.payload ?? '')).toMatchObject({ id: 'step-1', data: { kind: 'edit' } })
  })

  test('takes the good of a batch and keeps the bad, each once, with reason and place', async () => {
    const ingest = await openIngest(await locate(), { clock })
    const events = [stepEvent(1), { ...stepEvent(2), type: 'no.such' }, 7, stepEvent(3, { step: 'x' }), stepEvent(4)]
    const results = await ingest.accept('acme', events, { origin: 'test' })
    await ingest.accept('acme', events)
    expect(results).toEqual([
      { position: 0, status: 'accepted', id: 'step-1' },
      { position: 1, status: 'rejected', id: 'step-2', code: 'AM7003', reason: 'There is no event type `no.such`.' },
      { position: 2, status: 'rejected', code: 'AM7002', reason: 'The event must be of type object.' },
      {
        position: 3,
        status: 'rejected',
        id: 'step-3',
        code: 'AM7004',
        reason: '`data.step` must be of type integer or null.',
      },
      { position: 4, status: 'accepted', id: 'step-4' },
    ])
    const letters = await listDeadLetters(ingest.warehouse)
    expect(letters.map(({ code }) => code).sort()).toEqual(['AM7002', 'AM7003', 'AM7004'])
    expect(letters.map(({ origin }) => origin)).toEqual(['test', 'test', 'test'])
    expect(await countOf(ingest.warehouse)).toBe(2)
  })

  test('finds duplicates of before a restart', async () => {
    const location = await locate()
    const first = await openIngest(location, { clock })
    await first.accept('acme', steps(1000))
    await first.stop()
    const second = await openIngest(location, { clock })
    const results = await second.accept('acme', [...steps(1000), ...steps(10, 1000)])
    expect(statuses(results).filter((status) => status === 'duplicate')).toHaveLength(1000)
    expect(await countOf(second.warehouse)).toBe(1010)
  })

  test('is exact when batches are sent five times, all at once', async () => {
    const ingest = await openIngest(await locate(), { clock })
    const batches = Array.from({ length: 40 }, (_, index) => steps(50, index * 50))
    const all = await Promise.all(
      [...batches, ...batches, ...batches, ...batches, ...batches].map((batch) => ingest.accept('acme', batch)),
    )
    const counted = statuses(all.flat())
    expect(counted.filter((status) => status === 'accepted')).toHaveLength(2000)
    expect(counted.filter((status) => status === 'duplicate')).toHaveLength(8000)
    const [row] = await rowsOf(ingest.warehouse, 'SELECT count(*) AS n, count(DISTINCT id) AS ids FROM raw.events')
    expect(row).toEqual({ n: 2000, ids: 2000 })
  })

  test('separates 1% poison from the rest', async () => {
    const ingest = await openIngest(await locate(), { clock })
    const poison = [
      (id: string) => ({ id }),
      (id: string) => ({ ...stepEvent(0), id, data: { step: 'x' } }),
      (id: string) => ({ ...stepEvent(0), id, data: { summary: 'a\0b' } }),
      (id: string) => ({ ...stepEvent(0), id, data: JSON.parse('{"__proto__":{"admin":true}}') }),
      (id: string) => ({ ...stepEvent(0), id, data: { summary: '\ud800' } }),
    ]
    const events = Array.from({ length: 5000 }, (_, index) =>
      index % 100 === 7 ? poison[((index - 7) / 100) % poison.length]?.(`poison-${index}`) : stepEvent(index),
    )
    await Promise.all(
      Array.from({ length: 25 }, (_, part) => ingest.accept('acme', events.slice(part * 200, part * 200 + 200))),
    )
    expect(await countOf(ingest.warehouse)).toBe(4950)
    expect(await countOf(ingest.warehouse, 'raw.dead_letters')).toBe(50)
  })

  test('replays dead letters, settles those that are good now and keeps the others', async () => {
    const location = await locate()
    const later = { ...stepEvent(1), type: 'agent.session.paused' }
    const bad = { ...stepEvent(2), data: { step: 'x' } }
    const first = await openIngest(location, { clock })
    await first.accept('acme', [later, bad, new Unreadable({ code: 'AM7001', reason: 'no' }, '{"a"'), stepEvent(9)])
    await first.accept('globex', [later])
    await first.stop()
    const schemas = {
      ...eventSchemas(),
      'agent.session.paused': { type: 'object', required: ['id', 'source', 'type', 'data'] },
    }
    const second = await openIngest(location, { clock, schemas })
    expect(await replayDeadLetters(second, { org: 'acme' })).toEqual({
      accepted: 1,
      duplicates: 0,
      rejected: 2,
      truncated: 0,
    })
    expect(await countOf(second.warehouse)).toBe(2)
    const open = await listDeadLetters(second.warehouse, { org: 'acme' })
    expect(open.map(({ attempts }) => attempts)).toEqual([2, 2])
    expect(await listDeadLetters(second.warehouse, { org: 'acme', withReplayed: true })).toHaveLength(3)
    expect(await replayDeadLetters(second)).toEqual({ accepted: 1, duplicates: 0, rejected: 2, truncated: 0 })
    expect(await countOf(second.warehouse, 'raw.dead_letters')).toBe(4)
  })

  test('lists dead letters page by page', async () => {
    const ingest = await openIngest(await locate(), { clock })
    await ingest.accept(
      'acme',
      Array.from({ length: 25 }, (_, index) => ({ id: `x${index}` })),
    )
    const seen = new Set<string>()
    for (let page = await listDeadLetters(ingest.warehouse, {}, { limit: 10 }); page.length > 0; ) {
      for (const { letterId } of page) seen.add(letterId)
      page = await listDeadLetters(ingest.warehouse, {}, { limit: 10, after: page.at(-1) })
    }
    expect(seen.size).toBe(25)
  })

  test('keeps the first receipt of history only where the caller is trusted', async () => {
    const ingest = await openIngest(await locate(), { clock })
    const history = (number: number) => ({ ...stepEvent(number), orgid: 'acme', receivedtime: '2026-03-01T12:00:05Z' })
    await ingest.accept('acme', [history(1)], { backfill: true })
    await ingest.accept('acme', [history(2)])
    await ingest.accept('acme', [{ ...history(3), receivedtime: '2030-01-01T00:00:00Z' }], { backfill: true })
    const rows = await rowsOf(ingest.warehouse, 'SELECT received_at, attributes FROM raw.events ORDER BY id')
    expect(rows.map(({ received_at }) => received_at)).toEqual([
      '2026-03-01T12:00:05.000Z',
      '2026-03-02T00:00:00.000Z',
      '2026-03-02T00:00:00.000Z',
    ])
    expect(rows[0]?.attributes).toBeNull()
  })

  test('raises the data version of the events with what is new, not with duplicates', async () => {
    const ingest = await openIngest(await locate(), { clock })
    const version = async () => (await ingest.warehouse.dataVersions()).get('raw.events') ?? 0
    await ingest.accept('acme', steps(3))
    const first = await version()
    await ingest.accept('acme', steps(3))
    expect(await version()).toBe(first)
    await ingest.accept('acme', steps(1, 3))
    expect(await version()).toBeGreaterThan(first)
  })

  test('lets one row that the warehouse refuses keep no other row out', async () => {
    const location = await locate()
    await refuseId(location, 'step-37')
    const ingest = await openIngest(location, { clock })
    const results = await ingest.accept('acme', steps(100))
    expect(results.filter(({ status }) => status === 'accepted')).toHaveLength(99)
    expect(results[37]).toMatchObject({ status: 'rejected', code: 'AM7011' })
    expect(await countOf(ingest.warehouse, 'raw.dead_letters')).toBe(1)
  })
})

describe('ingest', () => {
  it('tells callers to come back before it takes anything, and takes them later', async () => {
    const ingest = await openIngest(duckDb(), { limits: { queuedEvents: 100 } })
    const attempts = Array.from({ length: 10 }, (_, index) => ingest.accept('acme', steps(40, index * 40)))
    const outcomes = await Promise.allSettled(attempts)
    const busy = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason)
    expect(busy.length).toBe(8)
    expect(busy.every((reason) => reason instanceof BusyError && reason.retryAfter >= 1)).toBe(true)
    expect(await countOf(ingest.warehouse)).toBe(80)
    expect(ingest.figures()).toEqual({ accepted: 80, duplicates: 0, rejected: 0, refused: 8, queued: 0 })
    await ingest.accept('acme', steps(40, 80))
    expect(await countOf(ingest.warehouse)).toBe(120)
  })

  it('answers no event of a transaction that failed, and takes it when it is sent again', async () => {
    const ingest = await openIngest(duckDb())
    const transaction = vi.spyOn(ingest.warehouse, 'transaction').mockRejectedValueOnce(new Error('disk full'))
    await expect(ingest.accept('acme', steps(3))).rejects.toThrow('disk full')
    transaction.mockRestore()
    expect(statuses(await ingest.accept('acme', steps(3)))).toEqual(['accepted', 'accepted', 'accepted'])
  })

  it('takes nothing more once it is closed, but finishes what it took', async () => {
    const ingest = await openIngest(duckDb())
    const taken = ingest.accept('acme', steps(50))
    await ingest.close()
    expect(statuses(await taken)).toHaveLength(50)
    await expect(ingest.accept('acme', steps(1, 50))).rejects.toThrow(BusyError)
  })

  it('sees the events of another ingest over the same warehouse', async () => {
    const first = await openIngest(duckDb())
    await first.accept('acme', steps(10))
    const second = await createIngest({ warehouse: first.warehouse })
    await Promise.all([first.accept('acme', steps(10, 5)), second.accept('acme', steps(20))])
    expect(await countOf(first.warehouse)).toBe(20)
  })

  it('finds a duplicate again after reading what it knows has failed', async () => {
    const location = duckDb()
    const before = await openIngest(location)
    await before.accept('acme', steps(10))
    await before.stop()
    const warehouse = await openWarehouse(location)
    onTestFinished(() => warehouse.close())
    const real = warehouse.transaction.bind(warehouse)
    const noMemory = new Error('no memory')
    // The first call makes the tables; the second one reads at the start, the third one for the events.
    const transaction = vi.spyOn(warehouse, 'transaction').mockImplementationOnce(real)
    transaction.mockRejectedValueOnce(noMemory).mockRejectedValueOnce(noMemory)
    const ingest = await createIngest({ warehouse })
    await expect(ingest.accept('acme', steps(10))).rejects.toThrow('no memory')
    expect(statuses(await ingest.accept('acme', steps(11)))).toEqual([...Array(10).fill('duplicate'), 'accepted'])
  })

  it('refuses what cannot be written as JSON', async () => {
    const ingest = await openIngest(duckDb())
    const endless: Record<string, unknown> = { step: 1 }
    endless.self = endless
    const [result] = await ingest.accept('acme', [{ ...stepEvent(1), data: endless }])
    expect(result).toMatchObject({ status: 'rejected', code: 'AM7007' })
  })

  it('shares a transaction among requests that wait', async () => {
    const ingest = await openIngest(duckDb())
    const transaction = vi.spyOn(ingest.warehouse, 'transaction')
    await Promise.all(Array.from({ length: 50 }, (_, index) => ingest.accept('acme', steps(10, index * 10))))
    expect(await countOf(ingest.warehouse)).toBe(500)
    expect(transaction.mock.calls.length).toBeLessThan(5)
  })
})
