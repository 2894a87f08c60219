import type { ConsumeOptions, EventConsumer } from './consume-events.ts'
import type { EventForwarder, ForwardOptions } from './forward-events.ts'

export type { KafkaConnection, OnTrouble } from './connection.ts'
export type { ConsumerFigures } from './consume-events.ts'
export { type KafkaSettings, kafkaSettings } from './settings.ts'
export type { ConsumeOptions, EventConsumer, EventForwarder, ForwardOptions }

// The client is loaded where there is a broker, and costs nobody else its start.
export const consumeEvents = async (options: ConsumeOptions): Promise<EventConsumer> =>
  (await import('./consume-events.ts')).consumeEvents(options)

export const forwardEvents = async (options: ForwardOptions): Promise<EventForwarder> =>
  (await import('./forward-events.ts')).forwardEvents(options)
