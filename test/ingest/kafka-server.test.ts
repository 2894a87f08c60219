import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createRuntime } from '../../runtime/index.ts'
import { startKafka } from '../support/kafka.ts'
import { stepEvent } from './support/fixture.ts'

process.env.KAFKAJS_NO_PARTITIONER_WARNING = '1'
const kafka = await startKafka()
afterAll(() => kafka?.remove())

const openProject = (role: 'reader' | 'front', topic: string) => {
  const dir = mkdtempSync(join(tmpdir(), 'metrics-kafka-'))
  const settings = { role, brokers: kafka?.brokers, topics: [topic], org: role === 'reader' ? 'acme' : undefined }
  const config = { name: role, tenancy: { key: 'org_id' }, warehouse: { type: 'duckdb', path: 'w.duckdb' } }
  writeFileSync(join(dir, 'metrics.config.json'), JSON.stringify({ ...config, ingest: { kafka: settings } }))
  return dir
}

test.skipIf(kafka === null)(
  'a server reads the topics of its configuration, which another one in front fills',
  async () => {
    await kafka?.createTopic('served', 1)
    const dirs = [openProject('front', 'served'), openProject('reader', 'served')]
    const [front, reader] = await Promise.all(dirs.map((dir) => createRuntime(dir)))
    if (front === undefined || reader === undefined) throw new Error('both were opened')
    const troubles: unknown[] = []
    const following = reader.follow((error) => troubles.push(error))
    const { sink } = await front.intake()
    await sink.accept('acme', [stepEvent(1)])
    const count = async () => (await reader.warehouse.query('SELECT count(*) FROM raw.events')).rows[0]?.[0]
    await reader.intake()
    await expect.poll(count, { timeout: 30_000, interval: 100 }).toBe(1)
    expect((await front.warehouse.query('SELECT count(*) FROM raw.events')).rows[0]?.[0]).toBe(0)
    expect(troubles).toEqual([])
    await following.stop()
    await Promise.all([front.close(), reader.close()])
    for (const dir of dirs) rmSync(dir, { recursive: true })
  },
)
