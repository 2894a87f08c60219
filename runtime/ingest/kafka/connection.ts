import kafkajs, { type SASLOptions } from 'kafkajs'
import { unzstd } from '../http/zstd.ts'
import type { SaslSettings } from './settings.ts'

// CommonJS, whose names Node does not see.
const { CompressionCodecs, CompressionTypes, Kafka, logLevel } = kafkajs

export interface KafkaConnection {
  readonly brokers: readonly string[]
  readonly clientId?: string | undefined
  readonly ssl?: boolean | undefined
  readonly sasl?: SaslSettings | undefined
}

/** What went wrong and was or will be tried again. */
export type OnTrouble = (message: string) => void

const MOST_BYTES_OF_BATCH = 256 * 1024 * 1024

/** A client for the broker. Topics may be compressed with gzip or zstd. */
export function connectKafka(
  { brokers, clientId = 'agent-metrics', ssl, sasl }: KafkaConnection,
  onTrouble: OnTrouble,
) {
  CompressionCodecs[CompressionTypes.ZSTD] = () => ({
    compress: () => Promise.reject(new Error('Messages are not sent in zstd.')),
    decompress: (bytes: Buffer) => unzstd(bytes, MOST_BYTES_OF_BATCH),
  })
  return new Kafka({
    brokers: [...brokers],
    clientId,
    ...(ssl === undefined ? {} : { ssl }),
    ...(sasl === undefined ? {} : { sasl: sasl as SASLOptions }),
    logLevel: logLevel.ERROR,
    logCreator:
      () =>
      ({ log }) =>
        onTrouble([log.message, log.error].filter((text) => text !== undefined).join(' ')),
    retry: { initialRetryTime: 100, maxRetryTime: 5000, retries: 8 },
  })
}
