import { expect, test } from 'vitest'
import { runCli } from './support/run-cli.ts'
import { sampleProject } from './support/sample-project.ts'

const GENERATOR = `
export function* generateEvents({ days = 2 } = {}) {
  for (const orgid of ['x', 'y']) {
    for (let day = 0; day < days; day += 1) {
      yield {
        specversion: '1.0', id: 's' + day, source: '/demo', type: 'agent.session.started', subject: 's' + day, orgid,
        time: '2026-01-0' + (day + 1) + 'T10:00:00Z', receivedtime: '2026-01-0' + (day + 1) + 'T10:00:05Z',
        datacontenttype: 'application/json', data: { session_id: 's' + day },
      }
    }
  }
}
`
const FILES = {
  'metrics.config.yml': 'name: demo\ntenancy: { key: org_id }\ndemo: ./models/demo/index.ts\n',
  'models/demo/index.ts': GENERATOR,
  'models/sources.yml': 'version: 1\nsources: [{ name: raw, tables: [{ name: events }] }]\n',
  'models/orders.sql': `---
materialized: table
---
select org_id, id as order_id, time as placed_at, received_at from {{source "raw" "events"}}
`,
  'models/people.sql': null,
  'metrics/orders.yml': `version: 1
semantic_models:
  - name: sessions
    relation: orders
    time_dimension: placed_at
    dimensions: [{ name: placed_at, type: time }]
    metrics: [{ name: session_count, agg: count }]
`,
  'dashboards/shop.yml': null,
}

test('the demo is made once, for each of its organisations, and anew when asked', async () => {
  const project = sampleProject(FILES)
  const metrics = async (...args: string[]) => {
    const { code, stdout, stderr } = await runCli([...args, '--project', project.dir, '--format', 'json'])
    return { code, stderr, answer: JSON.parse(stdout) }
  }
  const count = async (org: string) => {
    const { answer } = await metrics('query', '--metrics', 'session_count', '--as', `admin:${org}`)
    return answer[0].session_count
  }
  expect(await metrics('demo')).toMatchObject({ code: 0, answer: { ok: true, added: 4, events: 4 } })
  expect([await count('x'), await count('y')]).toEqual([2, 2])
  expect(await metrics('demo')).toMatchObject({ code: 0, answer: { added: 0, events: 4 } })
  expect(await metrics('demo', '--reset', '--days', '3')).toMatchObject({ code: 0, answer: { added: 6 } })
  expect(await count('x')).toBe(3)
  project.remove()
})

test('a project without a demo says how to have one', async () => {
  const project = sampleProject()
  const { code, stderr } = await runCli(['demo', '--project', project.dir])
  expect([code, stderr]).toEqual([1, expect.stringContaining('AM6003')])
  project.remove()
})
