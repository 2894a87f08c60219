import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { applyPatch } from 'diff'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SAMPLE, sampleProject } from './support/sample-project.ts'
import { type SampleServer, serveSample } from './support/serve-sample.ts'

let server: SampleServer
const AT = '/api/v1/personal-dashboards'

const SHOP = SAMPLE['dashboards/shop.yml']?.trimStart() ?? ''

/** What a manager does not see of it, its comments and its layout are to survive their edits. */
const BOARD = `# Pages of the board.
version: 1
dashboards:
  - name: board
    title: Board
    path: /the-board
    order: 7
    roles: [admin, manager]   # nobody else
    filters:
      [orders.team, status]
    rows:
      - title: Figures
        widgets:
          - { type: kpi, metric: revenue, width: 3 }   # in euros
          - { type: kpi, metric: order_count, width: 3, roles: [admin] }
          - { type: kpi, metric: paid_rate, width: 3, roles: [admin, manager] }
      - title: For admins
        widgets:
          - { type: text, text: Secret, roles: [admin] }
      - title: Trends
        widgets:
          - type: line
            metric: order_count
            grain: day
          - {
              type: text,   # a greeting
              text: "Brackets [ and braces { in words",
              width: 12,
            }
`

beforeAll(async () => {
  server = await serveSample(
    {
      mia: { org: 'x', role: 'manager', user: 'mia' },
      ben: { org: 'x', role: 'viewer', user: 'ben' },
      ada: { org: 'x', role: 'admin', user: 'ada' },
      other: { org: 'y', role: 'admin', user: 'eve' },
    },
    { 'dashboards/board.yml': BOARD },
  )
})
afterAll(() => server.close())

interface Made {
  readonly id: string
  readonly changed_at: string
  readonly diagnostics: readonly { readonly hint?: string }[]
  readonly definition: { readonly rows: { readonly widgets: readonly object[] }[] }
  readonly dashboard: {
    readonly path: string
    readonly rows: { readonly widgets: readonly { readonly query: object }[] }[]
  }
}
interface Exported {
  readonly file: string
  readonly kind: string
  readonly content: string
  readonly patch: string
  readonly diagnostics: readonly { readonly code: string }[]
}
const exportOf = async (id: string) => (await server.ask<Exported>(`${AT}/${id}/export`, { as: 'mia' })).body
/** The page of the board after `git apply` in a copy of the project. */
function appliedByGit(patch: string): string {
  const { dir, remove } = sampleProject({ 'dashboards/board.yml': BOARD })
  try {
    spawnSync('git', ['init', '-q'], { cwd: dir })
    const { status, stderr } = spawnSync('git', ['apply', '-'], { cwd: dir, input: patch, encoding: 'utf8' })
    expect([status, stderr]).toEqual([0, ''])
    return readFileSync(join(dir, 'dashboards/board.yml'), 'utf8')
  } finally {
    remove()
  }
}
const mine = (metric: string, more: object = {}) => ({
  name: 'mine',
  title: 'Mine',
  rows: [{ widgets: [{ type: 'kpi', metric, width: 4, ...more }] }],
})

test('a personal dashboard is compiled like a file, and seen by nobody else until it is shared', async () => {
  const { status, body } = await server.ask<Made>(AT, { as: 'mia', body: { definition: mine('revenue') } })
  expect(status).toBe(201)
  expect(body.dashboard.path).toBe(`/my/${body.id}`)
  expect(body.dashboard.rows[0]?.widgets[0]?.query).toMatchObject({ metrics: ['revenue'] })
  const statusFor = async (as: string) => (await server.call(`${AT}/${body.id}`, { as })).status
  expect([await statusFor('ben'), await statusFor('other')]).toEqual([404, 404])
  await server.ask(`${AT}/${body.id}`, {
    as: 'mia',
    method: 'PUT',
    body: { definition: mine('revenue'), shared: true },
  })
  expect([await statusFor('ben'), await statusFor('other')]).toEqual([200, 404])
  const remove = async (as: string) => (await server.call(`${AT}/${body.id}`, { as, method: 'DELETE' })).status
  expect([await remove('ben'), await remove('mia')]).toEqual([403, 200])
  const log = await server.runtime.store.db
    .selectFrom('audit_log')
    .select('action')
    .where('subject', '=', body.id)
    .orderBy('id')
    .execute()
  const actions = ['created', 'changed', 'shared', 'deleted'].map((what) => `dashboard.${what}`)
  expect(log.map(({ action }) => action)).toEqual(actions)
})

test('a wrong metric gives the diagnostics of a file', async () => {
  const { status, body } = await server.ask<{ diagnostics: { hint: string }[] }>(AT, {
    as: 'mia',
    body: { definition: mine('revenu') },
  })
  expect(status).toBe(400)
  expect(body.diagnostics[0]?.hint).toContain('revenue')
})

test('a viewer builds from what the role sees, and what is hidden is answered like what does not exist', async () => {
  const widgets = [
    { type: 'donut', metric: 'order_count', by: 'status' },
    { type: 'kpi', metric: 'revenue', where: "{status} = 'paid'" },
    { type: 'kpi', metric: 'revenue', where: "{orders.status} = 'paid'" },
    { type: 'kpi', metric: 'revenue', where: "{ status } = 'paid'" },
    { type: 'table', metrics: ['revenue'], dimensions: ['team', 'orders.status'] },
    { type: 'heatmap', metric: 'revenue', x: 'status', y: 'day_of_week' },
    { type: 'donut', metric: 'revenue', by: 'team', drill_by: ['status'] },
  ]
  const refusal = async (as: string, widget: object) => {
    const body = { definition: { ...mine('revenue'), rows: [{ widgets: [widget] }] } }
    const { body: answer } = await server.ask<{ diagnostics: { code: string; message: string; hint?: string }[] }>(AT, {
      as,
      body,
    })
    return answer.diagnostics
  }
  for (const widget of widgets) {
    const hidden = await refusal('ben', widget)
    const unknown = await refusal('ben', JSON.parse(JSON.stringify(widget).replaceAll('status', 'stotus')) as object)
    const plain = (text: string | undefined) => text?.replaceAll('stotus', 'status')
    expect(hidden.length).toBeGreaterThan(0)
    expect(hidden.map(({ code, message, hint }) => [code, message, hint])).toEqual(
      unknown.map(({ code, message, hint }) => [code, plain(message), plain(hint)]),
    )
    expect(JSON.stringify(hidden.map(({ hint }) => hint))).not.toContain('status')
  }
  const filters = { ...mine('revenue'), filters: ['status'] }
  expect((await server.call(AT, { as: 'ben', body: { definition: filters } })).status).toBe(400)
  expect((await server.call(AT, { as: 'ben', body: { definition: mine('revenue') } })).status).toBe(201)
  expect((await server.call(AT, { as: 'ben', body: { definition: mine('revenue'), shared: true } })).status).toBe(403)
})

test('names are those of files, and nothing is written outside of the dashboards', async () => {
  for (const name of ['../../etc/x', 'a/b', 'Mine', '', 'a b', 'x'.repeat(80)]) {
    const { status } = await server.call(AT, { as: 'mia', body: { definition: { ...mine('revenue'), name } } })
    expect([name, status]).toEqual([name, 400])
  }
  const taken = { ...mine('revenue'), name: 'shop', path: '/the-board' }
  const { body } = await server.ask<Made>(AT, { as: 'mia', body: { definition: taken } })
  const exported = await exportOf(body.id)
  expect(exported).toMatchObject({ file: 'dashboards/shop-2.yml', kind: 'addition' })
  expect(exported.diagnostics.map(({ code }) => code)).toContain('AM1701')
})

test('a dashboard that was changed elsewhere is not overwritten', async () => {
  const { body } = await server.ask<Made>(AT, { as: 'mia', body: { definition: mine('revenue') } })
  const save = (definition: object, changed_at: string) =>
    server.ask<Made>(`${AT}/${body.id}`, { as: 'mia', method: 'PUT', body: { definition, changed_at } })
  const first = await save(mine('order_count'), body.changed_at)
  expect(first.status).toBe(200)
  expect(await save(mine('paid_rate'), body.changed_at)).toMatchObject({
    status: 409,
    body: { diagnostics: [{ code: 'AM5053' }] },
  })
  expect((await save(mine('paid_rate'), first.body.changed_at)).status).toBe(200)
  const widget = { type: 'kpi', metric: 'revenue' }
  const add = () => server.call(`${AT}/${body.id}/widgets`, { as: 'mia', body: { widget } })
  const statuses = (await Promise.all([add(), add(), add()])).map(({ status }) => status)
  const { body: after } = await server.ask<Made>(`${AT}/${body.id}`, { as: 'mia' })
  expect(after.definition.rows).toHaveLength(1 + statuses.filter((status) => status === 201).length)
})

test('a widget is added at the end, and an admin may take away what others shared', async () => {
  const { body } = await server.ask<Made>(AT, { as: 'mia', body: { definition: mine('revenue'), shared: true } })
  const widget = { type: 'kpi', metric: 'order_count' }
  const added = await server.ask<Made>(`${AT}/${body.id}/widgets`, { as: 'mia', body: { widget } })
  expect(added.body.definition.rows.at(-1)).toEqual({ widgets: [widget] })
  expect((await server.call(`${AT}/${body.id}/widgets`, { as: 'ada', body: { widget } })).status).toBe(403)
  expect((await server.call(`${AT}/${body.id}`, { as: 'ada', method: 'DELETE' })).status).toBe(200)
})

test('a draft is drawn with what is wrong with it, and kept nowhere', async () => {
  const definition = {
    ...mine('revenue'),
    rows: [
      {
        widgets: [
          { type: 'kpi', metric: 'revenue' },
          { type: 'kpi', metric: 'revenu' },
        ],
      },
    ],
  }
  const before = await server.ask<{ dashboards: object[] }>(AT, { as: 'mia' })
  const { status, body } = await server.ask<Made>(`${AT}/preview`, { as: 'mia', body: { definition } })
  expect(status).toBe(200)
  expect(body.dashboard.rows[0]?.widgets).toHaveLength(1)
  expect(body.diagnostics).toMatchObject([{ widget: '1_2', hint: expect.stringContaining('revenue') as string }])
  expect((await server.ask<{ dashboards: object[] }>(AT, { as: 'mia' })).body).toEqual(before.body)
})

test('a copy changes only what its maker edited of what its maker saw', async () => {
  const { body } = await server.ask<Made>(AT, { as: 'mia', body: { from: 'board' } })
  const [figures, trends] = body.definition.rows
  const rows = [
    {
      ...trends,
      widgets: [{ type: 'line', metric: 'order_count', grain: 'week' }, ...(trends?.widgets.slice(1) ?? [])],
    },
    { ...figures, widgets: [figures?.widgets[1], { ...figures?.widgets[0], width: 6 }] },
  ]
  const definition = { ...body.definition, title: 'The board', rows }
  await server.ask(`${AT}/${body.id}`, { as: 'mia', method: 'PUT', body: { definition } })
  const { content, patch, file, kind, diagnostics } = await exportOf(body.id)
  expect({ file, kind, diagnostics }).toEqual({ file: 'dashboards/board.yml', kind: 'change', diagnostics: [] })
  expect(applyPatch(BOARD, patch)).toBe(content)
  expect(appliedByGit(patch)).toBe(content)
  expect(content).toBe(`# Pages of the board.
version: 1
dashboards:
  - name: board
    title: The board
    path: /the-board
    order: 7
    roles: [admin, manager]   # nobody else
    filters:
      [orders.team, status]
    rows:
      - title: Trends
        widgets:
          - type: line
            metric: order_count
            grain: week
          - {
              type: text,   # a greeting
              text: "Brackets [ and braces { in words",
              width: 12,
            }
      - title: Figures
        widgets:
          - { type: kpi, metric: paid_rate, width: 3, roles: [admin, manager] }
          - { type: kpi, metric: revenue, width: 6 } # in euros
          - { type: kpi, metric: order_count, width: 3, roles: [admin] }
      - title: For admins
        widgets:
          - { type: text, text: Secret, roles: [admin] }
`)
})

test('what is taken out of a copy takes nothing with it that its maker did not see', async () => {
  const { body } = await server.ask<Made>(AT, { as: 'mia', body: { from: 'board' } })
  const definition = { ...body.definition, rows: body.definition.rows.slice(1) }
  await server.ask(`${AT}/${body.id}`, { as: 'mia', method: 'PUT', body: { definition } })
  const { content, diagnostics } = await exportOf(body.id)
  expect(diagnostics).toEqual([])
  expect(content).not.toContain('metric: revenue')
  expect(content).toContain('metric: order_count, width: 3, roles: [admin]')
  expect(content).toContain('text: Secret')
})

test('a copy under another name is a page of its own', async () => {
  const { body } = await server.ask<Made>(AT, { as: 'mia', body: { from: 'board' } })
  const definition = { ...body.definition, name: 'my_board', path: '/my-board' }
  await server.ask(`${AT}/${body.id}`, { as: 'mia', method: 'PUT', body: { definition } })
  expect(await exportOf(body.id)).toMatchObject({ file: 'dashboards/my-board.yml', kind: 'addition', diagnostics: [] })
})

test('a copy that nobody edited changes nothing', async () => {
  const { body } = await server.ask<Made>(AT, { as: 'mia', body: { from: 'board' } })
  expect(await exportOf(body.id)).toMatchObject({ patch: '', content: BOARD })
})

test('a copy of a dashboard ends in a patch of the file it came from', async () => {
  const { body } = await server.ask<Made>(AT, { as: 'mia', body: { from: 'shop' } })
  const rows = body.definition.rows.map(({ widgets, ...row }, index) => ({
    ...row,
    widgets: index === 0 ? [...widgets, { type: 'kpi', metric: 'order_count', width: 3 }] : widgets,
  }))
  await server.ask(`${AT}/${body.id}`, { as: 'mia', method: 'PUT', body: { definition: { ...body.definition, rows } } })
  const exported = await server.ask<{ patch: string; content: string }>(`${AT}/${body.id}/export`, { as: 'mia' })
  expect(exported.body.patch).toContain('+          - { type: kpi, metric: order_count, width: 3 }')
  expect(exported.body.patch).not.toContain('-          - { type: kpi, metric: revenue')
  expect(applyPatch(SHOP, exported.body.patch)).toBe(exported.body.content)
})
