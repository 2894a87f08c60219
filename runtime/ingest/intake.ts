import type { Warehouse } from '../warehouse/index.ts'
import { createIngest, type EventSink, type Ingest } from './ingest.ts'
import {
  type ConsumerFigures,
  consumeEvents,
  forwardEvents,
  type KafkaSettings,
  type OnTrouble,
} from './kafka/index.ts'

export interface IntakeOptions {
  readonly warehouse: Warehouse
  /** Topics to read from, or to hand events to. */
  readonly kafka: KafkaSettings | undefined
  readonly onTrouble: OnTrouble
}

/** The ways of events into a running server. */
export interface Intake {
  readonly ingest: Ingest
  /** Where requests leave their events: the warehouse, or the topic before it. */
  readonly sink: EventSink
  /** What is read from topics; null where nothing is. */
  readonly reading: () => ConsumerFigures | null
  /** Waits for what was taken. The warehouse stays open. */
  close(): Promise<void>
}

/** Opens the warehouse for events, and the topics that the configuration names. */
export async function openIntake({ warehouse, kafka, onTrouble }: IntakeOptions): Promise<Intake> {
  const ingest = await createIngest({ warehouse })
  if (kafka === undefined) return { ingest, sink: ingest, reading: () => null, close: () => ingest.close() }
  const broker = kafka.role === 'front' ? await openFront(kafka, onTrouble) : await openReader(ingest, kafka, onTrouble)
  return {
    ingest,
    sink: broker.sink,
    reading: broker.reading,
    close: async () => {
      await broker.stop()
      await ingest.close()
    },
  }
}

async function openFront(connection: KafkaSettings, onTrouble: OnTrouble) {
  const [topic = ''] = connection.topics
  const sink = await forwardEvents({ connection, topic, onTrouble })
  return { sink, reading: () => null, stop: () => sink.stop() }
}

async function openReader(ingest: Ingest, connection: KafkaSettings, onTrouble: OnTrouble) {
  const { topics, group, org } = connection
  const consumer = await consumeEvents({ ingest, connection, topics, group, org, onTrouble })
  return { sink: ingest, reading: () => consumer.figures(), stop: () => consumer.stop() }
}
