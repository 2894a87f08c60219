import type { Producer } from 'kafkajs'
import { BusyError } from '../accept/busy-error.ts'
import { checkEvent } from '../accept/check-event.ts'
import { isRejected } from '../accept/event.ts'
import { type ItemResult, Unreadable } from '../accept/item.ts'
import { DEFAULT_LIMITS, type IngestLimits } from '../accept/limits.ts'
import { createValidator } from '../accept/validator.ts'
import type { EventSink } from '../ingest.ts'
import type { JsonSchema } from '../schemas/index.ts'
import { connectKafka, type KafkaConnection, type OnTrouble } from './connection.ts'
import { RECEIVED_HEADER, TENANT_HEADER } from './read-message.ts'

export interface ForwardOptions {
  readonly connection: KafkaConnection
  readonly topic: string
  readonly clock?: () => number
  readonly limits?: Partial<IngestLimits>
  readonly schemas?: Readonly<Record<string, JsonSchema>>
  readonly onTrouble?: OnTrouble
}

/** Brokers take messages up to 1 MiB, headers included, unless they are told otherwise. */
const MOST_BYTES_OF_MESSAGE = 900 * 1024

/** A front that takes no event for itself. */
export interface EventForwarder extends EventSink {
  stop(): Promise<void>
}

/**
 * Checks events and hands them to a topic; answers when all replicas of the broker have them. Duplicates are found
 * by whoever consumes the topic, and what was rejected goes there as well, to end among the dead letters.
 */
export async function forwardEvents(options: ForwardOptions): Promise<EventForwarder> {
  const { connection, topic, clock = Date.now, onTrouble = () => undefined } = options
  const limits = { ...DEFAULT_LIMITS, eventBytes: MOST_BYTES_OF_MESSAGE, ...options.limits }
  const checks = { validate: createValidator(options.schemas), limits }
  const producer: Producer = connectKafka(connection, onTrouble).producer({ allowAutoTopicCreation: false })
  await producer.connect()
  let underWay = 0
  const admit = (events: number) => {
    if (underWay > 0 && underWay + events > limits.queuedEvents) throw new BusyError(1)
  }
  return {
    limits,
    admit,
    async accept(org, events) {
      admit(events.length)
      const received = clock()
      const arrival = { org, received, backfill: false }
      const checked = events.map((event) => checkEvent(event, arrival, checks))
      const headers = { [TENANT_HEADER]: org, [RECEIVED_HEADER]: String(received) }
      const messages = events.map((event) => ({ headers, key: keyOf(org, event), value: textOf(event) }))
      underWay += events.length
      try {
        if (messages.length > 0) await producer.send({ topic, acks: -1, messages })
      } finally {
        underWay -= events.length
      }
      return checked.map((event, position): ItemResult => {
        if (!isRejected(event)) return { position, status: 'accepted', id: event.id }
        return { position, status: 'rejected', ...(event.id === null ? {} : { id: event.id }), ...event.rejection }
      })
    },
    stop: () => producer.disconnect(),
  }
}

/** What is about one subject stays in order. */
function keyOf(org: string, event: unknown): string {
  const subject = typeof event === 'object' && event !== null && 'subject' in event ? event.subject : ''
  return `${org}/${subject}`
}

const textOf = (event: unknown) => (event instanceof Unreadable ? event.payload : (JSON.stringify(event) ?? 'null'))
