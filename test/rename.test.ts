import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { isError, UserError } from '../runtime/diagnostics/index.ts'
import { checkProject } from '../runtime/project/index.ts'
import { type FileChange, planRename } from '../runtime/rename/index.ts'
import { runCli } from './support/run-cli.ts'
import { sampleProject } from './support/sample-project.ts'

const ROOT = join(import.meta.dirname, '..')
const removals: (() => void)[] = []
afterAll(() => {
  for (const remove of removals) remove()
})

function shippedProject(): string {
  const dir = mkdtempSync(join(tmpdir(), 'metrics-rename-'))
  removals.push(() => rmSync(dir, { recursive: true, force: true }))
  for (const part of ['metrics', 'models', 'dashboards', 'alerts', 'metrics.config.ts']) {
    cpSync(join(ROOT, part), join(dir, part), { recursive: true })
  }
  return dir
}

function sample(files: Readonly<Record<string, string>> = {}) {
  const project = sampleProject(files)
  removals.push(project.remove)
  return project.dir
}

const contentOf = (changes: readonly FileChange[], file: string) =>
  changes.find((change) => change.file === file)?.after

async function codesOf(work: Promise<unknown>): Promise<readonly string[]> {
  try {
    await work
    return []
  } catch (error) {
    if (error instanceof UserError) return error.diagnostics.map(({ code }) => code)
    throw error
  }
}

test.each([
  ['metric', 'success_rate', 'zz_success'],
  ['metric', 'total_spend', 'zz_spend'],
  ['dimension', 'sessions.status', 'zz_outcome'],
  ['dimension', 'teams.team', 'zz_squad'],
  ['model', 'sessions', 'zz_runs'],
] as const)('in the shipped project the %s %s is renamed with nothing but its name changed', async (kind, from, to) => {
  const dir = shippedProject()
  const changes = await planRename(dir, kind, from, to)
  const name = from.split('.').at(-1) ?? ''
  expect(changes.length).toBeGreaterThan(0)
  for (const { before, after } of changes) {
    // Where the name was the column's as well, `sql` keeps it.
    const back = after.replaceAll(new RegExp(`(name: ${to})(?:, |\\n\\s*)sql: ${name}\\b`, 'g'), '$1')
    expect(back.replaceAll(new RegExp(`\\b${to}\\b`, 'g'), name)).toBe(before)
  }
  for (const { file, after } of changes) writeFileSync(join(dir, file), after)
  const { diagnostics } = await checkProject(dir)
  expect(diagnostics.filter(isError)).toEqual([])
})

test('comments, quotes and layout stay as they are', async () => {
  const dir = sample({
    'metrics/more.yml': `
version: 1
metrics:
  # paid_count is the pride of the shop
  - name: "paid_share"      # of all orders
    type: ratio
    numerator: 'paid_count'
    denominator:   order_count
    label: paid_count
`,
  })
  const changes = await planRename(dir, 'metric', 'paid_count', 'settled')
  expect(contentOf(changes, 'metrics/more.yml')).toBe(`version: 1
metrics:
  # paid_count is the pride of the shop
  - name: "paid_share"      # of all orders
    type: ratio
    numerator: 'settled'
    denominator:   order_count
    label: paid_count
`)
})

test('a dimension keeps the column it was named after', async () => {
  const changes = await planRename(sample(), 'dimension', 'status', 'state')
  const metrics = contentOf(changes, 'metrics/orders.yml') ?? ''
  expect(metrics).toContain('{ name: state, sql: status, type: string, values: [paid, open] }')
  expect(metrics).toContain(`filter: "{state} = 'paid'"`)
  expect(metrics).toContain('hide: [state]')
  expect(metrics).toContain('query: { metrics: [order_count], by: [state] }')
  expect(metrics).toContain('order_id: a, status: paid')
})

test('a metric that sums the column of its name keeps it', async () => {
  const dir = sample({
    'metrics/more.yml': `
version: 1
semantic_models:
  - name: items
    relation: orders
    primary_key: order_id
    metrics:
      - name: amount
        agg: sum
`,
  })
  const changes = await planRename(dir, 'metric', 'amount', 'turnover')
  expect(contentOf(changes, 'metrics/more.yml')).toContain(
    '      - name: turnover\n        sql: amount\n        agg: sum\n',
  )
})

test('definitions in TypeScript are edited as well', async () => {
  const dir = sample({
    'dashboards/more.ts': `
import { defineDashboards } from 'agent-metrics'

// revenue first
export default defineDashboards({
  version: 1,
  dashboards: [{ name: 'more', title: 'revenue', rows: [{ widgets: [{ type: 'kpi', metric: 'revenue' }] }] }],
})
`,
  })
  const changes = await planRename(dir, 'metric', 'revenue', 'turnover')
  expect(contentOf(changes, 'dashboards/more.ts')).toContain(
    "title: 'revenue', rows: [{ widgets: [{ type: 'kpi', metric: 'turnover' }] }]",
  )
  expect(contentOf(changes, 'dashboards/more.ts')).toContain('// revenue first')
})

test('dimensions of the same name in other models are left alone', async () => {
  const dir = sample({
    'metrics/people.yml': `
version: 1
semantic_models:
  - name: people
    relation: people
    dimensions:
      - { name: team, type: string }
    metrics:
      - { name: people_count, agg: count }
`,
    'dashboards/teams.yml': `
version: 1
dashboards:
  - name: teams
    title: Teams
    rows:
      - widgets:
          - { type: bar, metric: people_count, by: team }
          - { type: bar, metric: order_count, by: team }
`,
  })
  const changes = await planRename(dir, 'dimension', 'people.team', 'crew')
  const page = contentOf(changes, 'dashboards/teams.yml') ?? ''
  expect(page).toContain('metric: people_count, by: crew')
  expect(page).toContain('metric: order_count, by: team')
  expect(await codesOf(planRename(dir, 'dimension', 'team', 'crew'))).toEqual(['AM6121'])
})

test.each([
  ['an unknown name', 'metric', 'revenu', 'turnover', 'AM6121'],
  ['a name that is taken', 'metric', 'revenue', 'paid_rate', 'AM6123'],
  ['what is no name', 'metric', 'revenue', 'Turn Over', 'AM6123'],
] as const)('%s is refused', async (_what, kind, from, to, code) => {
  expect(await codesOf(planRename(sample(), kind, from, to))).toEqual([code])
})

test('a project with errors is mended first', async () => {
  const dir = sample({
    'dashboards/broken.yml':
      'version: 1\ndashboards: [{ name: b, title: B, rows: [{ widgets: [{ type: kpi, metric: nope }] }] }]\n',
  })
  expect(await codesOf(planRename(dir, 'metric', 'revenue', 'turnover'))).toContain('AM6120')
})

test('the command shows a patch, writes with it and only then', async () => {
  const dir = sample()
  const before = readFileSync(join(dir, 'metrics/orders.yml'), 'utf8')
  const dry = await runCli(['rename', 'metric', 'revenue', 'turnover', '--dry-run', '--project', dir])
  expect(dry).toMatchObject({ code: 0, stdout: expect.stringContaining('+++ b/dashboards/shop.yml') })
  expect(readFileSync(join(dir, 'metrics/orders.yml'), 'utf8')).toBe(before)
  await runCli(['rename', 'metric', 'revenue', 'turnover', '--project', dir])
  expect(readFileSync(join(dir, 'metrics/orders.yml'), 'utf8')).toContain('{ name: turnover, agg: sum, sql: amount')
  expect(await runCli(['test', '--project', dir])).toMatchObject({ code: 0 })
}, 180_000)
