import { expect, it } from 'vitest'
import { kafkaSettings } from '../../runtime/ingest/index.ts'

const least = { brokers: ['127.0.0.1:9092'], topics: ['events'] }

it('reads what a project says about Kafka, and takes it for a reader', () => {
  expect(kafkaSettings(undefined)).toBeUndefined()
  expect(kafkaSettings(least)).toEqual({ role: 'reader', ...least })
  const sasl = { mechanism: 'plain', username: 'a', password: 'b' }
  expect(kafkaSettings({ ...least, role: 'front', ssl: true, sasl })).toMatchObject({ role: 'front', ssl: true, sasl })
})

it.each([
  [{ ...least, broker: 'x' }, 'AM2003: `ingest.kafka` has no key `broker`. Did you mean `brokers`?'],
  [{ topics: ['events'] }, 'AM2005: `ingest.kafka` lacks `brokers`.'],
  [{ ...least, topics: [] }, 'AM2005: `ingest.kafka.topics` must NOT have fewer than 1 items.'],
  [
    { ...least, role: 'writer' },
    'AM2005: `ingest.kafka.role` must be equal to one of the allowed values: reader, front.',
  ],
  [{ ...least, sasl: { mechanism: 'plain', user: 'a' } }, 'AM2005: `ingest.kafka.sasl` lacks `username`.'],
  ['127.0.0.1:9092', 'AM2005: `ingest.kafka` must be object.'],
])('refuses %j', (given, message) => {
  expect(() => kafkaSettings(given)).toThrow(message)
})
