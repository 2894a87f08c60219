import { expect, test } from 'vitest'
import { createUsageRecorder } from '../runtime/ingest/usage/index.ts'
import { serveSample } from './support/serve-sample.ts'

test('page views and feedback reach the events of their tenant', async () => {
  const server = await serveSample(
    { mia: { org: 'x', role: 'manager', user: 'mia' } },
    {
      'models/events.sql': 'select org_id, type from {{source "raw" "events"}}\n',
      'models/raw.yml': 'version: 1\nsources: [{ name: raw, tables: [{ name: events }] }]\n',
    },
    async (runtime) => void (await runtime.intake()),
  )
  const note = (path: string, body: object) => server.call(`/api/v1/${path}`, { as: 'mia', body })
  expect((await note('usage', { page: '/shop' })).status).toBe(202)
  expect((await note('usage', { page: '//evil.example' })).status).toBe(400)
  await note('feedback', { page: '/shop', rating: 'up' })
  await server.runtime.usage.flush()
  const { rows } = await server.runtime.warehouse.query('SELECT org_id, type, data FROM raw.events ORDER BY type')
  expect(rows.map(([org, type]) => [org, type])).toEqual([
    ['x', 'dashboard.feedback.given'],
    ['x', 'dashboard.page.viewed'],
  ])
  expect(JSON.parse(String(rows[1]?.[2]))).toMatchObject({ page: '/shop', user_id: 'mia', role: 'manager' })
  expect(server.bugs).toEqual([])
  await server.close()
})

test('what could not be handed over is kept for the next time', async () => {
  const taken: number[] = []
  let isUp = false
  const troubles: unknown[] = []
  const recorder = createUsageRecorder({
    ingest: async () => {
      if (!isUp) throw new Error('no warehouse')
      const acceptAll = async (items: readonly unknown[]) => {
        taken.push(items.length)
        return []
      }
      return { acceptAll }
    },
    isWanted: () => true,
    onTrouble: (error) => troubles.push(error),
  })
  recorder.record('x', 'dashboard.page.viewed', { page: '/' })
  await recorder.flush()
  isUp = true
  recorder.record('x', 'dashboard.page.viewed', { page: '/' })
  await recorder.close()
  expect([taken, troubles.length]).toEqual([[2], 1])
})
