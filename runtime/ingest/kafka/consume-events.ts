import type { Admin, Batch, Consumer, EachBatchPayload } from 'kafkajs'
import { ClaimError } from '../accept/busy-error.ts'
import type { Ingest } from '../ingest.ts'
import { connectKafka, type KafkaConnection, type OnTrouble } from './connection.ts'
import { Partition } from './partition.ts'

export interface ConsumeOptions {
  readonly ingest: Ingest
  readonly connection: KafkaConnection
  readonly topics: readonly string[]
  /** Instances of one group share the partitions, and the positions in the warehouse. */
  readonly group?: string | undefined
  /** Tenant of all messages; without it the header `metrics_org` of each says so. */
  readonly org?: string | undefined
  readonly onTrouble?: OnTrouble | undefined
}

export interface ConsumerFigures {
  /** Messages that were taken since the start. */
  readonly messages: number
  /** Messages that the broker deleted before they were read. */
  readonly lost: number
  readonly partitions: readonly PartitionFigures[]
}

export interface PartitionFigures {
  readonly topic: string
  readonly partition: number
  readonly next: number
  /** Messages that are not in the warehouse yet. */
  readonly lag: number
}

const MESSAGES_PER_COMMIT = 2000
const PARTITIONS_AT_A_TIME = 4
/** After this time without a sign of life the partitions of an instance go to the others. */
const SESSION_MS = 10_000

/**
 * Reads topics into the warehouse, each message once: events and positions are written in one transaction, and
 * positions are taken from there. What the broker keeps as committed is only for tools that show it.
 */
export async function consumeEvents(options: ConsumeOptions): Promise<EventConsumer> {
  const { connection, topics, group = 'agent-metrics', onTrouble = () => undefined } = options
  const kafka = connectKafka(connection, onTrouble)
  const clients = {
    admin: kafka.admin(),
    consumer: kafka.consumer({
      groupId: group,
      maxWaitTimeInMs: 500,
      sessionTimeout: SESSION_MS,
      retry: { restartOnFailure: async () => true, initialRetryTime: 100, maxRetryTime: 5000 },
    }),
  }
  const consumer = new EventConsumer(clients, { ...options, group, onTrouble })
  await consumer.start(topics)
  return consumer
}

interface Clients {
  readonly admin: Admin
  readonly consumer: Consumer
}

type Settings = Pick<ConsumeOptions, 'ingest' | 'org'> & { readonly group: string; readonly onTrouble: OnTrouble }

export class EventConsumer {
  readonly #admin: Admin
  readonly #consumer: Consumer
  readonly #settings: Settings
  readonly #partitions = new Map<string, Partition>()
  #assigned: Promise<void> = Promise.resolve()
  #messages = 0
  #lost = 0

  constructor({ admin, consumer }: Clients, settings: Settings) {
    this.#admin = admin
    this.#consumer = consumer
    this.#settings = settings
  }

  async start(topics: readonly string[]): Promise<void> {
    const { onTrouble } = this.#settings
    const { GROUP_JOIN, CRASH } = this.#consumer.events
    this.#consumer.on(GROUP_JOIN, ({ payload }) => {
      this.#assigned = this.#assign(payload.memberAssignment)
      this.#assigned.catch((error) => onTrouble(`The positions cannot be read: ${error}`))
    })
    this.#consumer.on(CRASH, ({ payload }) => onTrouble(`The consumer starts anew: ${payload.error.message}`))
    await this.#admin.connect()
    await this.#consumer.connect()
    await this.#consumer.subscribe({ topics: [...topics], fromBeginning: true })
    await this.#consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: PARTITIONS_AT_A_TIME,
      eachBatch: (payload) => this.#take(payload),
    })
  }

  figures(): ConsumerFigures {
    const partitions = [...this.#partitions.values()].map(({ id, next, lag }) => ({
      topic: id.topic,
      partition: id.partition,
      next,
      lag,
    }))
    return { messages: this.#messages, lost: this.#lost, partitions }
  }

  /** Messages of our partitions that are not in the warehouse yet, asked of the broker. */
  async lag(): Promise<number> {
    await this.#assigned
    let lag = 0
    for (const partition of this.#partitions.values()) {
      partition.high = (await this.#rangeOf(partition.id.topic, partition.id.partition)).high
      lag += partition.lag
    }
    return lag
  }

  async stop(): Promise<void> {
    await this.#consumer.disconnect()
    await this.#admin.disconnect()
  }

  async #assign(assignment: Readonly<Record<string, readonly number[]>>): Promise<void> {
    this.#partitions.clear()
    for (const [topic, numbers] of Object.entries(assignment)) {
      for (const number of numbers) await this.#open(topic, number)
    }
  }

  async #open(topic: string, number: number): Promise<void> {
    const { ingest, group } = this.#settings
    const id = { consumer: group, topic, partition: number }
    const partition = await Partition.open(ingest, id, await this.#rangeOf(topic, number))
    this.#lost += partition.lost
    this.#partitions.set(keyOf(topic, number), partition)
    this.#consumer.seek({ topic, partition: number, offset: String(partition.next) })
  }

  async #rangeOf(topic: string, partition: number) {
    const offsets = await this.#admin.fetchTopicOffsets(topic)
    const found = offsets.find((each) => each.partition === partition)
    return { low: Number(found?.low ?? 0), high: Number(found?.high ?? 0) }
  }

  async #take(payload: EachBatchPayload): Promise<void> {
    const { topic, partition: number } = payload.batch
    await this.#assigned
    const partition = this.#partitions.get(keyOf(topic, number))
    // It went to another instance meanwhile, or was fetched before its place was sought.
    if (partition === undefined || payload.isStale()) return
    if (!partition.follows(fetchedOffset(payload.batch))) {
      return this.#consumer.seek({ topic, partition: number, offset: String(partition.next) })
    }
    partition.high = Number(payload.batch.highWatermark)
    try {
      await this.#takeInParts(payload, partition)
    } catch (error) {
      if (!(error instanceof ClaimError)) throw error
      await this.#open(topic, number)
    }
  }

  async #takeInParts({ batch, ...payload }: EachBatchPayload, partition: Partition): Promise<void> {
    const { ingest, org } = this.#settings
    const messages = batch.messages.filter(({ offset }) => Number(offset) >= partition.next)
    for (let start = 0; start < Math.max(1, messages.length); start += MESSAGES_PER_COMMIT) {
      if (!payload.isRunning() || payload.isStale()) return
      const part = messages.slice(start, start + MESSAGES_PER_COMMIT)
      const isLast = start + MESSAGES_PER_COMMIT >= messages.length
      const last = isLast ? batch.lastOffset() : (part.at(-1)?.offset ?? batch.lastOffset())
      await partition.take(ingest, part, Number(last) + 1, org)
      this.#messages += part.length
      payload.resolveOffset(last)
      await payload.heartbeat()
    }
    const { topic, partition: number } = batch
    const offset = String(partition.next)
    await this.#consumer.commitOffsets([{ topic, partition: number, offset }]).catch(() => undefined)
  }
}

const keyOf = (topic: string, partition: number) => `${topic}/${partition}`

/** Where the broker was asked to begin; the types of the client leave it out. */
const fetchedOffset = (batch: Batch) => Number((batch as Batch & { readonly fetchedOffset: string }).fetchedOffset)
