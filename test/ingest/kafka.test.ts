import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { CompressionTypes, Kafka, logLevel, type Message } from 'kafkajs'
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import {
  type ConsumeOptions,
  consumeEvents,
  type EventConsumer,
  forwardEvents,
  type Ingest,
  listDeadLetters,
} from '../../runtime/ingest/index.ts'
import { startKafka } from '../support/kafka.ts'
import { postgresDatabase } from '../support/postgres.ts'
import { countOf, duckDb, openIngest, rowsOf, serve, stepEvent, steps } from './support/fixture.ts'

process.env.KAFKAJS_NO_PARTITIONER_WARNING = '1'
const kafka = await startKafka()
const postgres = await postgresDatabase()
afterAll(() => kafka?.remove())

const connection = { brokers: kafka?.brokers ?? [] }
const TENANT = { metrics_org: 'acme' }
let topics = 0

async function newTopic(partitions = 3): Promise<string> {
  const topic = `events-${++topics}`
  await kafka?.createTopic(topic, partitions)
  return topic
}

async function produce(topic: string, messages: readonly Message[], compression = CompressionTypes.None) {
  const producer = new Kafka({ brokers: [...connection.brokers], logLevel: logLevel.NOTHING }).producer()
  await producer.connect()
  await producer.send({ topic, messages: [...messages], compression })
  await producer.disconnect()
}

const structured = (event: unknown, headers: Message['headers'] = TENANT): Message => ({
  value: typeof event === 'string' ? event : JSON.stringify(event),
  headers: { 'content-type': 'application/cloudevents+json', ...headers },
})

async function consume(ingest: Ingest, topic: string, options: Partial<ConsumeOptions> = {}): Promise<EventConsumer> {
  const consumer = await consumeEvents({ ingest, connection, topics: [topic], group: `group-${topic}`, ...options })
  let isRunning = true
  const stop = consumer.stop.bind(consumer)
  onTestFinished(() => (isRunning ? stop() : undefined))
  consumer.stop = async () => {
    isRunning = false
    await stop()
  }
  return consumer
}

async function until(what: () => Promise<boolean> | boolean, seconds = 30): Promise<void> {
  for (let tries = 0; !(await what()); tries++) {
    if (tries > seconds * 20) throw new Error('It did not happen in time.')
    await sleep(50)
  }
}

const holds = (ingest: Ingest, count: number) => until(async () => (await countOf(ingest.warehouse)) >= count)

describe.skipIf(kafka === null)('events from Kafka', { timeout: 120_000 }, () => {
  it('come in structured and in binary mode, compressed or not, of one tenant or of several', async () => {
    const topic = await newTopic()
    const ingest = await openIngest()
    const { data, ...attributes } = stepEvent(1)
    const headers = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce_${name}`, String(value)]))
    await produce(topic, [
      { value: JSON.stringify(data), headers: { ...headers, ...TENANT, 'content-type': 'application/json' } },
      structured(stepEvent(2)),
      structured(stepEvent(2), { metrics_org: 'globex' }),
    ])
    await produce(
      topic,
      steps(100, 10).map((event) => structured(event)),
      CompressionTypes.GZIP,
    )
    await consume(ingest, topic)
    await holds(ingest, 103)
    const rows = await rowsOf(ingest.warehouse, "SELECT org_id, data FROM raw.events WHERE id = 'step-1'")
    expect(rows.map((row) => [row.org_id, JSON.parse(String(row.data))])).toEqual([['acme', data]])
    expect(await rowsOf(ingest.warehouse, "SELECT org_id FROM raw.events WHERE id = 'step-2' ORDER BY 1")).toEqual([
      { org_id: 'acme' },
      { org_id: 'globex' },
    ])
  })

  it('leave what is bad with the dead letters, each with its place, and go on', async () => {
    const topic = await newTopic(1)
    const ingest = await openIngest()
    await produce(topic, [
      structured(stepEvent(1)),
      structured('{"broken'),
      { value: null, headers: TENANT },
      structured({ ...stepEvent(2), type: 'no.such' }),
      structured(stepEvent(3), {}),
      structured(gzipSync('binary').toString('latin1')),
      structured(stepEvent(4)),
    ])
    const consumer = await consume(ingest, topic)
    await holds(ingest, 2)
    const letters = await listDeadLetters(ingest.warehouse)
    expect(letters.map(({ origin, code }) => [origin, code]).sort()).toEqual([
      [`kafka:${topic}/0/1`, 'AM7001'],
      [`kafka:${topic}/0/2`, 'AM7001'],
      [`kafka:${topic}/0/3`, 'AM7003'],
      [`kafka:${topic}/0/4`, 'AM7026'],
      [`kafka:${topic}/0/5`, 'AM7001'],
    ])
    expect(await consumer.lag()).toBe(0)
    expect(consumer.figures()).toMatchObject({ messages: 7, lost: 0, partitions: [{ topic, partition: 0, next: 7 }] })
  })

  it('go on where the warehouse stands, whatever the broker thinks was read', async () => {
    const topic = await newTopic(1)
    const location = duckDb()
    const first = await openIngest(location)
    await produce(
      topic,
      steps(10).map((event) => structured(event)),
    )
    const consumer = await consume(first, topic)
    await holds(first, 10)
    await consumer.stop()
    // As if the broker had been told of more than was written, and then of less.
    for (const offset of ['15', '0']) {
      await commitAtBroker(`group-${topic}`, topic, offset)
      const before = await countOf(first.warehouse)
      await produce(
        topic,
        steps(10, before).map((event) => structured(event)),
      )
      const again = await consume(first, topic)
      await holds(first, before + 10)
      expect(again.figures().messages).toBe(10)
      await again.stop()
    }
    expect(await countOf(first.warehouse)).toBe(30)
    expect(await rowsOf(first.warehouse, 'SELECT part, next_offset FROM raw.offsets')).toEqual([
      { part: 0, next_offset: 30 },
    ])
  })

  it('are read past a transaction that its sender gave up', async () => {
    const topic = await newTopic(1)
    const ingest = await openIngest()
    const producer = new Kafka({ brokers: [...connection.brokers], logLevel: logLevel.NOTHING }).producer({
      transactionalId: `tx-${topic}`,
      maxInFlightRequests: 1,
      idempotent: true,
    })
    await producer.connect()
    for (const [number, isGood] of [
      [1, true],
      [2, false],
      [3, true],
    ] as const) {
      const transaction = await producer.transaction()
      await transaction.send({ topic, messages: [structured(stepEvent(number))] })
      await (isGood ? transaction.commit() : transaction.abort())
    }
    await producer.disconnect()
    await consume(ingest, topic)
    await holds(ingest, 2)
    await produce(topic, [structured(stepEvent(4))])
    await holds(ingest, 3)
    expect(await rowsOf(ingest.warehouse, 'SELECT id FROM raw.events ORDER BY id')).toEqual(
      ['step-1', 'step-3', 'step-4'].map((id) => ({ id })),
    )
  })

  it('are shared by the instances of a group, which may come and go', async () => {
    const topic = await newTopic(6)
    const ingest = await openIngest()
    const send = (count: number, start: number) =>
      produce(
        topic,
        steps(count, start).map((event) => ({ ...structured(event), key: event.id })),
      )
    await send(3000, 0)
    const first = await consume(ingest, topic)
    await until(() => first.figures().messages > 0)
    const second = await consume(ingest, topic)
    await send(3000, 3000)
    await until(() => second.figures().partitions.length === 3 && first.figures().partitions.length === 3)
    await send(3000, 6000)
    await holds(ingest, 9000)
    await second.stop()
    await send(1000, 9000)
    await holds(ingest, 10_000)
    expect(await first.lag()).toBe(0)
    const [row] = await rowsOf(ingest.warehouse, 'SELECT count(*) AS n, count(DISTINCT id) AS ids FROM raw.events')
    expect(row).toEqual({ n: 10_000, ids: 10_000 })
  })

  it.skipIf(postgres === null)('are taken once by processes that share a Postgres', async () => {
    const topic = await newTopic(4)
    const location = { type: 'postgres' as const, url: (await postgresDatabase()) ?? '' }
    const [one, two] = [await openIngest(location), await openIngest(location)]
    await produce(
      topic,
      steps(4000).map((event) => ({ ...structured(event), key: event.id })),
    )
    const first = await consume(one, topic)
    const second = await consume(two, topic)
    await produce(
      topic,
      steps(4000, 4000).map((event) => ({ ...structured(event), key: event.id })),
    )
    await holds(one, 8000)
    await first.stop()
    await produce(
      topic,
      steps(500, 8000).map((event) => structured(event)),
    )
    await holds(two, 8500)
    expect(await second.lag()).toBe(0)
    expect(await countOf(one.warehouse)).toBe(8500)
  })

  it('are neither lost nor doubled when the broker stops and starts', async () => {
    const topic = await newTopic(3)
    const ingest = await openIngest()
    const consumer = await consume(ingest, topic)
    await produce(
      topic,
      steps(2000).map((event) => structured(event)),
    )
    await until(() => consumer.figures().messages > 0)
    await kafka?.stop()
    await sleep(1000)
    await kafka?.start()
    await produce(
      topic,
      steps(2000, 2000).map((event) => structured(event)),
    )
    await holds(ingest, 4000)
    expect(await countOf(ingest.warehouse)).toBe(4000)
  })

  it('wait while the warehouse fails, and are taken once it works again', async () => {
    const topic = await newTopic(1)
    const ingest = await openIngest()
    let failures = 0
    const transaction = ingest.warehouse.transaction.bind(ingest.warehouse)
    vi.spyOn(ingest.warehouse, 'transaction').mockImplementation((work) =>
      failures++ < 3 ? Promise.reject(new Error('disk full')) : transaction(work),
    )
    await produce(
      topic,
      steps(50).map((event) => structured(event)),
    )
    await consume(ingest, topic)
    await holds(ingest, 50)
    expect(failures).toBeGreaterThan(3)
    expect(await countOf(ingest.warehouse)).toBe(50)
  })

  it('come from a server in front that keeps nothing itself', async () => {
    const topic = await newTopic(3)
    const ingest = await openIngest()
    const front = await forwardEvents({ connection, topic })
    onTestFinished(() => front.stop())
    const url = await serve(front)
    const events = [...steps(500), { ...stepEvent(500), type: 'no.such' }]
    const post = async () => {
      const headers = { 'content-type': 'application/cloudevents-batch+json' }
      const response = await fetch(`${url}/v1/events`, { method: 'POST', headers, body: JSON.stringify(events) })
      return (await response.json()) as unknown
    }
    expect(await post()).toMatchObject({ accepted: 500, rejected: 1 })
    expect(await post()).toMatchObject({ accepted: 500, rejected: 1 })
    const accepted = Date.now()
    const consumer = await consume(ingest, topic)
    await until(() => consumer.figures().messages === 1002)
    expect(await countOf(ingest.warehouse)).toBe(500)
    expect(await listDeadLetters(ingest.warehouse)).toMatchObject([{ org: 'acme', code: 'AM7003' }])
    const [row] = await rowsOf(
      ingest.warehouse,
      'SELECT max(received_at) AS latest, count(attributes) AS n FROM raw.events',
    )
    expect(row?.n).toBe(0)
    expect(Date.parse(String(row?.latest))).toBeLessThan(accepted)
  })
})

async function commitAtBroker(groupId: string, topic: string, offset: string) {
  const admin = new Kafka({ brokers: [...connection.brokers], logLevel: logLevel.NOTHING }).admin()
  await admin.connect()
  await admin.setOffsets({ groupId, topic, partitions: [{ partition: 0, offset }] })
  await admin.disconnect()
}
