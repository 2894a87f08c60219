import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Kafka, logLevel } from 'kafkajs'
import { afterAll, expect, it } from 'vitest'
import { consumeEvents } from '../../runtime/ingest/index.ts'
import { openWarehouse } from '../../runtime/warehouse/index.ts'
import { startKafka } from '../support/kafka.ts'
import { type Child, startChild } from './support/child.ts'
import { openIngest, rowsOf, stepEvent, tempDir } from './support/fixture.ts'

process.env.KAFKAJS_NO_PARTITIONER_WARNING = '1'
const KILLS = Number(process.env.KILLS ?? 3)
const TOPIC = 'events'
const kafka = await startKafka()
afterAll(() => kafka?.remove())

it.skipIf(kafka === null)(
  `takes every message of a topic once though its reader is killed ${KILLS} times`,
  { timeout: 60_000 + KILLS * 30_000 },
  async () => {
    const [broker = ''] = kafka?.brokers ?? []
    await kafka?.createTopic(TOPIC, 3)
    const producer = new Kafka({ brokers: [broker], logLevel: logLevel.NOTHING }).producer()
    await producer.connect()
    let sent = 0
    let isSending = true
    const sending = (async () => {
      while (isSending) {
        const messages = Array.from({ length: 100 }, () => messageOf(sent++))
        await producer.send({ topic: TOPIC, messages })
        await sleep(50)
      }
    })()
    const path = join(tempDir(), 'warehouse.duckdb')
    let before = 0
    for (let kill = 0; kill < KILLS; kill++) {
      const reader = await startChild(path, broker, TOPIC)
      // The broker gives the partitions of the dead reader away only after a while.
      while ((await acceptedBy(reader)) === 0) await sleep(100)
      await sleep(Math.random() * 500)
      await reader.kill()
      const count = await countIn(path)
      expect(count, 'The reader must have been at work.').toBeGreaterThan(before)
      before = count
    }
    isSending = false
    await sending
    await producer.disconnect()
    const last = await openIngest({ type: 'duckdb', path })
    const consumer = await consumeEvents({
      ingest: last,
      connection: { brokers: [broker] },
      topics: [TOPIC],
      org: 'acme',
    })
    while ((await consumer.lag()) > 0 || consumer.figures().partitions.length < 3) await sleep(100)
    await consumer.stop()
    const query = 'SELECT count(*) AS n, count(DISTINCT id) AS ids FROM raw.events'
    expect(await rowsOf(last.warehouse, query)).toEqual([{ n: good(sent), ids: good(sent) }])
    const letters = await rowsOf(last.warehouse, 'SELECT count(*) AS n FROM raw.dead_letters')
    expect(letters).toEqual([{ n: sent - good(sent) }])
  },
)

/** One in a hundred is poison. */
const isPoison = (number: number) => number % 100 === 50
const good = (sent: number) =>
  Array.from({ length: sent }, (_, number) => number).filter((each) => !isPoison(each)).length
const messageOf = (number: number) => ({
  key: String(number),
  value: isPoison(number) ? `{"broken":${number}` : JSON.stringify(stepEvent(number)),
})

async function acceptedBy({ process: reader }: Child): Promise<number> {
  reader.send('figures')
  const [{ accepted }] = await once(reader, 'message')
  return accepted
}

async function countIn(path: string): Promise<number> {
  const warehouse = await openWarehouse({ type: 'duckdb', path })
  const [row] = await rowsOf(warehouse, 'SELECT count(*) AS n FROM raw.events')
  await warehouse.close()
  return Number(row?.n)
}
