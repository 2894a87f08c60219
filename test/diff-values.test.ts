import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWarehouse } from '../runtime/warehouse/index.ts'
import { runCli } from './support/run-cli.ts'
import { sampleProject } from './support/sample-project.ts'

const project = sampleProject()
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.org', ...args], { cwd: project.dir })
const metrics = (...args: string[]) => runCli([...args, '--project', project.dir])
const edit = (file: string, from: string, to: string) => {
  const text = readFileSync(join(project.dir, file), 'utf8')
  expect(text).toContain(from)
  project.write(file, text.replace(from, to))
}

beforeAll(async () => {
  await metrics('build')
  project.write('.gitignore', 'warehouse.duckdb*\n.metrics\n')
  git('init', '-q')
  git('add', '-A')
  git('commit', '-qm', 'as it was')
}, 180_000)
afterAll(project.remove)

async function valuesOf(...args: string[]) {
  const { stdout, stderr } = await metrics('diff', '--values', '--as', 'admin:x', '--format', 'json', ...args)
  const { values } = JSON.parse(stdout) as {
    values: { metric: string; moved: number; points: number; series: object[] }[]
  }
  return { values: new Map(values.map((value) => [value.metric, value])), stderr }
}

const rowsOf = async (metric: string) => {
  const { stdout } = await metrics(
    'query',
    '--metrics',
    metric,
    '--grain',
    'day',
    '--as',
    'admin:x',
    '--format',
    'json',
  )
  return JSON.parse(stdout) as Record<string, unknown>[]
}

test('values of a changed filter are those of two queries, before and after', async () => {
  const before = await rowsOf('paid_count')
  edit('metrics/orders.yml', `filter: "{status} = 'paid'"`, `filter: "{status} = 'open'"`)
  const after = await rowsOf('paid_count')
  const { values } = await valuesOf('--grain', 'day')
  const days = [...new Set([...before, ...after].map(({ time }) => time))].sort()
  const at = (rows: Record<string, unknown>[], day: unknown) =>
    rows.find(({ time }) => time === day)?.paid_count ?? null
  expect(values.get('paid_count')?.series.map((point) => ({ ...point, change: undefined }))).toEqual(
    days.map((day) => ({ at: { time: day }, before: at(before, day), after: at(after, day), change: undefined })),
  )
  expect([...values.keys()]).toEqual(['paid_count', 'paid_rate'])
  git('checkout', '-q', '.')
}, 180_000)

test('models that differ are built beside those in use, asked, and removed', async () => {
  edit(
    'models/orders.sql',
    'from {{source "files" "orders"}}',
    `from {{source "files" "orders"}} where status = 'paid'`,
  )
  const { values } = await valuesOf('--by', 'team')
  expect(values.get('order_count')).toMatchObject({ points: 2, moved: 1 })
  expect(values.get('revenue')?.moved).toBe(1)
  expect(await rowsOf('order_count')).toHaveLength(2)
  const warehouse = await openWarehouse({ type: 'duckdb', path: join(project.dir, 'warehouse.duckdb') })
  const schemas = (await warehouse.tables()).map(({ schema }) => schema)
  await warehouse.close()
  expect(schemas.filter((schema) => schema.startsWith('metrics_diff'))).toEqual([])
  git('checkout', '-q', '.')
}, 180_000)

test('people read how many points moved, how far, and see both versions drawn', async () => {
  edit('metrics/orders.yml', `filter: "{status} = 'paid'"`, `filter: "{team} = 'blue'"`)
  const { stdout } = await metrics('diff', '--values', '--grain', 'day', '--as', 'admin:x')
  expect(stdout).toContain('paid_count  2 of 2 points moved')
  expect(stdout).toMatch(/before {2}[▁-█]{2}\n\s+after {3}[▁-█]{2}/)
  const markdown = await metrics('diff', '--values', '--as', 'admin:x', '--format', 'markdown')
  expect(markdown.stdout).toContain('| metric | points | greatest change | before | after |')
  git('checkout', '-q', '.')
}, 180_000)
