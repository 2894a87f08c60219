import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LAUNCHER, runCli } from './support/run-cli.ts'
import { sampleProject } from './support/sample-project.ts'

const project = sampleProject()
const metrics = (...args: string[]) => runCli([...args, '--project', project.dir])

beforeAll(async () => {
  const built = await metrics('build', '--format', 'json')
  expect(built.code).toBe(0)
  expect(JSON.parse(built.stdout)).toMatchObject({ ok: true })
  expect(built.stderr).toContain('✓ orders (table) 4 rows')
})
afterAll(() => project.remove())

test('a valid project is counted', async () => {
  const { code, stdout } = await metrics('validate', '--format', 'json')
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({
    ok: true,
    diagnostics: [],
    counts: { semantic_models: 1, metrics: 4, dashboards: 1 },
  })
})

test('a mistake is shown with its place, a code frame and a suggestion, and exits with 1', async () => {
  const broken = sampleProject({
    'metrics/more.yml':
      'version: 1\nmetrics:\n  - { name: x, type: ratio, numerator: paid_cout, denominator: order_count }\n',
  })
  const json = await runCli(['validate', '--project', broken.dir, '--format', 'json'])
  expect(json.code).toBe(1)
  const { ok, diagnostics } = JSON.parse(json.stdout)
  expect(ok).toBe(false)
  expect(diagnostics[0]).toMatchObject({ severity: 'error', at: { file: 'metrics/more.yml', line: 3 } })
  const pretty = await runCli(['validate', '--project', broken.dir])
  expect(pretty.stdout).toContain('metrics/more.yml:3:')
  expect(pretty.stdout).toContain('paid_count')
  expect(pretty.stdout).toMatch(/\^/)
  broken.remove()
})

test('rows are objects keyed by metric and dimension, with numbers as numbers', async () => {
  const { code, stdout } = await metrics(
    'query',
    '--metrics',
    'revenue,paid_rate',
    '--by',
    'team',
    '--order',
    '-revenue',
    '--as',
    'admin:x',
    '--format',
    'json',
  )
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toEqual([
    { team: 'blue', revenue: 25, paid_rate: 0.5 },
    { team: 'red', revenue: 10, paid_rate: 1 },
  ])
})

test('the last day of a range counts to its end, and the grain is called time', async () => {
  const { stdout } = await metrics(
    'query',
    '--metrics',
    'order_count',
    '--grain',
    'day',
    '--from',
    '2025-03-01',
    '--to',
    '2025-03-02',
    '--as',
    'admin:x',
    '--format',
    'json',
  )
  expect(JSON.parse(stdout)).toEqual([
    { time: '2025-03-01', order_count: 1 },
    { time: '2025-03-02', order_count: 2 },
  ])
})

test('csv and ndjson are made for other programs', async () => {
  const query = ['query', '--metrics', 'revenue', '--by', 'team', '--order', 'team', '--as', 'admin:x']
  expect((await metrics(...query, '--format', 'csv')).stdout).toBe('team,revenue\r\nblue,25\r\nred,10\n')
  expect((await metrics(...query, '--format', 'ndjson')).stdout).toBe(
    '{"team":"blue","revenue":25}\n{"team":"red","revenue":10}\n',
  )
})

test('--where filters, and never is SQL', async () => {
  const where = (text: string) =>
    metrics('query', '--metrics', 'revenue', '--where', text, '--as', 'admin:x', '--format', 'json')
  expect(JSON.parse((await where("{team} = 'red'")).stdout)).toEqual([{ revenue: 10 }])
  const injected = await where('1=1) union select 1 --')
  expect(injected.code).toBe(1)
  expect(JSON.parse(injected.stdout).diagnostics[0].code).toMatch(/^AM/)
})

test('--sql prints the SQL and runs nothing', async () => {
  const { stdout } = await metrics('query', '--metrics', 'revenue', '--as', 'admin:x', '--sql')
  expect(stdout).toMatch(/select/i)
  expect(stdout).toContain('"orders"')
})

test('without --as, a question in a project of several tenants is refused with their list', async () => {
  const { code, stderr, stdout } = await metrics('query', '--metrics', 'revenue')
  expect(code).toBe(1)
  expect(stdout).toBe('')
  expect(stderr).toContain('x, y')
  expect(stderr).toContain('--as admin:x')
})

test('without --as, one asks as an admin where there is one tenant or none', async () => {
  const one = sampleProject({
    'data/orders.csv': 'org_id,order_id,team,status,placed_at,amount\nx,1,red,paid,2025-03-01T10:00:00,10\n',
  })
  await runCli(['build', '--project', one.dir])
  const { stdout } = await runCli(['query', '--metrics', 'revenue', '--project', one.dir, '--format', 'json'])
  expect(JSON.parse(stdout)).toEqual([{ revenue: 10 }])
  one.remove()
})

test('a manager is looked up in the warehouse', async () => {
  const { stdout } = await metrics(
    'query',
    '--metrics',
    'revenue',
    '--by',
    'team',
    '--as',
    'manager:x:mia',
    '--format',
    'json',
  )
  expect(JSON.parse(stdout)).toEqual([{ team: 'red', revenue: 10 }])
})

test('an unknown metric is suggested, an impossible dimension leads to the possible ones', async () => {
  const metric = await metrics('query', '--metrics', 'revenu', '--as', 'admin:x')
  expect([metric.code, metric.stderr]).toEqual([1, expect.stringContaining('`revenue`')])
  const dimension = await metrics('query', '--metrics', 'revenue', '--by', 'zork', '--as', 'admin:x')
  expect([dimension.code, dimension.stderr]).toEqual([1, expect.stringContaining('`team`')])
})

test('before anything is built, a question says what to do', async () => {
  const fresh = sampleProject()
  for (const as of [[], ['--as', 'admin:x']]) {
    const { code, stderr } = await runCli(['query', '--metrics', 'revenue', ...as, '--project', fresh.dir])
    expect([code, stderr]).toEqual([1, expect.stringContaining('metrics build')])
  }
  fresh.remove()
})

test('tests of the project run, and a failing one shows what was answered instead', async () => {
  const good = await metrics('test', '--format', 'json')
  expect(good.code).toBe(0)
  expect(JSON.parse(good.stdout)).toMatchObject({ ok: true, counts: { tests: 2, passed: 2 } })
  const failing = sampleProject({
    'metrics/tests.yml': `version: 1
tests:
  - name: a wrong expectation
    given: { orders: [{ org_id: x, order_id: a, team: red, amount: 3 }, { org_id: x, order_id: b, team: blue, amount: 4 }] }
    as: { org: x, role: admin }
    query: { metrics: [revenue], by: [team] }
    expect: [{ team: red, revenue: 3 }, { team: blue, revenue: 5 }]
`,
  })
  const { code, stdout } = await runCli(['test', '--project', failing.dir])
  expect(code).toBe(1)
  expect(stdout).toContain('✗ a wrong expectation metrics/tests.yml:3')
  expect(stdout).toMatch(/-\s+blue\s+5/)
  expect(stdout).toMatch(/\+\s+blue\s+4/)
  expect(stdout).toContain('2 passed, 1 failed')
  failing.remove()
})

test('compile writes the manifest, the same bytes each time', async () => {
  const { code, stdout } = await metrics('compile', '--format', 'json')
  expect([code, JSON.parse(stdout).ok]).toEqual([0, true])
  const file = join(project.dir, '.metrics/manifest.json')
  const first = readFileSync(file, 'utf8')
  await metrics('compile')
  expect(readFileSync(file, 'utf8')).toBe(first)
  const cube = readFileSync(join(project.dir, '.metrics/cube/orders.js'), 'utf8')
  // Stock Cube reads these files too: its columns stand in a list, without our marks.
  expect(cube).toContain('CAST(("team") AS VARCHAR) AS "d.team",\n')
  expect(cube).not.toMatch(/\p{Private_Use}/u)
  expect(existsSync(join(project.dir, '.metrics/schemas/metrics.schema.json'))).toBe(true)
})

test('a key stands alone on stdout', async () => {
  const { code, stdout } = await metrics('keys', 'create', '--org', 'x', '--role', 'viewer', '--scope', 'ingest,query')
  expect(code).toBe(0)
  expect(stdout).toMatch(/^am_[\w-]{43}\n$/)
  const { keys } = JSON.parse((await metrics('keys', 'list', '--format', 'json')).stdout)
  expect(keys).toMatchObject([{ org: 'x', role: 'viewer', scopes: ['ingest', 'query'] }])
  expect((await metrics('keys', 'revoke', keys[0].id.slice(0, 8))).code).toBe(0)
  expect((await metrics('keys', 'create', '--role', 'viewer')).code).toBe(1)
})

test('wrong usage exits with 2 and a suggestion', async () => {
  const command = await metrics('qury')
  expect([command.code, command.stderr]).toEqual([2, expect.stringContaining('query')])
  const option = await metrics('query', '--metrisc', 'revenue')
  expect([option.code, option.stderr]).toEqual([2, expect.stringContaining('--metrics')])
  const format = await metrics('validate', '--format', 'xml')
  expect([format.code, format.stderr]).toEqual([2, expect.stringContaining('json')])
  expect((await runCli([])).code).toBe(2)
})

test('help and version are fine', async () => {
  const help = await runCli(['--help'])
  expect([help.code, help.stdout]).toEqual([0, expect.stringContaining('validate')])
  const query = await runCli(['query', '--help'])
  expect([query.code, query.stdout]).toEqual([0, expect.stringContaining('--metrics')])
  expect((await runCli(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test('with --format json even wrong usage is one JSON document', async () => {
  const { code, stdout } = await metrics('validate', '--zork', '--format', 'json')
  expect(code).toBe(2)
  expect(JSON.parse(stdout)).toMatchObject({ ok: false, diagnostics: [{ code: 'AM6001' }] })
})

test('a folder without a project is the user’s problem', async () => {
  const { code, stdout } = await runCli(['validate', '--project', '/', '--format', 'json'])
  expect(code).toBe(1)
  expect(JSON.parse(stdout).diagnostics[0].code).toMatch(/^AM20/)
})

test('a bug shows its stack and exits with 70', async () => {
  const odd = sampleProject({ 'metrics.config.yml': null, 'metrics.config.ts': 'export default { name: "x" }' })
  writeFileSync(join(odd.dir, '.metrics'), 'a file where a folder has to be')
  const { code, stderr } = await runCli(['compile', '--project', odd.dir])
  expect(code).toBe(70)
  expect(stderr).toMatch(/\n {4}at /)
  odd.remove()
})

test('a closed pipe is not an error', async () => {
  const child = spawn(
    'sh',
    ['-c', `"${process.execPath}" "${LAUNCHER}" schema | head -c 10; echo "\${PIPESTATUS:-}"`],
    { stdio: 'pipe' },
  )
  let stderr = ''
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  await new Promise((resolve) => child.on('close', resolve))
  expect(stderr).not.toContain('EPIPE')
})

test('there are no colours in a pipe', async () => {
  const { stdout, stderr } = await metrics('build')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours begin with.
  expect(stdout + stderr).not.toMatch(/\u001b/)
})

test('doctor says what is wrong and the way out', async () => {
  const { code, stdout } = await metrics('doctor', '--format', 'json')
  const { findings } = JSON.parse(stdout)
  expect(findings.map(({ check }: { check: string }) => check)).toEqual(
    expect.arrayContaining(['Node.js', 'Definitions', 'Warehouse', 'Data']),
  )
  expect(code).toBe(0)
  const fresh = sampleProject()
  const unbuilt = await runCli(['doctor', '--project', fresh.dir])
  expect([unbuilt.code, unbuilt.stdout]).toEqual([1, expect.stringContaining('metrics build')])
  fresh.remove()
})
