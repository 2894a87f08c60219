import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRuntime, type RunningServer, type Runtime, startServer } from '../runtime/index.ts'
import { LAUNCHER, runCli } from './support/run-cli.ts'
import { sampleProject } from './support/sample-project.ts'

const project = sampleProject()
let runtime: Runtime
let server: RunningServer

beforeAll(async () => {
  runtime = await createRuntime(project.dir)
  await runtime.build({})
  const settings = { port: 0, host: '127.0.0.1', pagesDir: project.dir, localToken: 'local', onBug: console.error }
  server = await startServer(runtime, settings)
})
afterAll(async () => {
  await server.close()
  await runtime.close()
  project.remove()
})

type Key = Parameters<typeof runtime.identity.createKey>[0]

async function connect(key: Key): Promise<Client> {
  const { key: token } = await runtime.identity.createKey(key, 'test')
  const client = new Client({ name: 'test', version: '1' })
  const transport = new StreamableHTTPClientTransport(new URL(`http://127.0.0.1:${server.port}/mcp`), {
    requestInit: { headers: { authorization: `Bearer ${token}` } },
  })
  await client.connect(transport as Parameters<typeof client.connect>[0])
  return client
}

async function call(client: Client, name: string, args: Record<string, unknown> = {}) {
  const { content, isError } = await client.callTool({ name, arguments: args })
  const [first] = content as { text: string }[]
  return { text: first?.text ?? '', isError: isError === true }
}

test('an assistant finds a metric, reads what it means and asks for it', async () => {
  const client = await connect({ org: 'x', role: 'admin' })
  const found = JSON.parse((await call(client, 'list_metrics', { search: 'how much revenue' })).text)
  expect(found.metrics.map(({ name }: { name: string }) => name)).toEqual(['revenue'])
  const explained = JSON.parse((await call(client, 'explain_metric', { name: 'paid_rate' })).text)
  expect(explained).toMatchObject({
    definition: { type: 'ratio', numerator: 'paid_count', denominator: 'order_count' },
    dimensions: expect.arrayContaining(['orders.team', 'orders.status']),
    source: { file: 'metrics/orders.yml' },
  })
  const answer = JSON.parse((await call(client, 'query', { metrics: ['revenue'], by: ['team'], order: ['team'] })).text)
  expect(answer.rows).toEqual([
    { team: 'blue', revenue: 25 },
    { team: 'red', revenue: 10 },
  ])
  await client.close()
})

test('an assistant sees what its key may see, and no more', async () => {
  const client = await connect({ org: 'x', role: 'viewer' })
  const { tools } = await client.listTools()
  expect(tools.map(({ name }) => name)).toEqual(['list_metrics', 'explain_metric', 'query'])
  const explained = JSON.parse((await call(client, 'explain_metric', { name: 'revenue' })).text)
  expect(explained.dimensions).not.toContain('orders.status')
  expect(explained.definition).toMatchObject({ agg: 'sum' })
  const counted = await call(client, 'explain_metric', { name: 'paid_count' })
  expect(JSON.parse(counted.text).definition).toBeNull()
  expect(counted.text).not.toContain('{orders.status}')
  const refused = await call(client, 'query', { metrics: ['revenue'], by: ['status'] })
  expect(refused).toMatchObject({ isError: true, text: expect.stringMatching(/AM40\d\d/) })
  const other = await connect({ org: 'y', role: 'admin' })
  expect(JSON.parse((await call(other, 'query', { metrics: ['revenue'] })).text).rows).toEqual([{ revenue: 1000 }])
  await Promise.all([client.close(), other.close()])
})

test('a mistake in a question says what would be right', async () => {
  const client = await connect({ org: 'x', role: 'admin' })
  expect(await call(client, 'query', { metrics: ['revenu'] })).toMatchObject({
    isError: true,
    text: expect.stringContaining('revenue'),
  })
  expect(await call(client, 'query', { metric: 'revenue' })).toMatchObject({
    isError: true,
    text: expect.stringContaining('additional properties'),
  })
  await expect(call(client, 'drop_table')).rejects.toThrow('no tool drop_table')
  await client.close()
})

test('a proposed file is checked with the rest of the project and not written', async () => {
  const client = await connect({ org: 'x', role: 'admin', scopes: ['query', 'admin'] })
  const content =
    'version: 1\ndashboards:\n  - name: new\n    title: New\n    rows: [{ widgets: [{ type: kpi, metric: revenu }] }]\n'
  const checked = JSON.parse((await call(client, 'validate_file', { file: 'dashboards/new.yml', content })).text)
  expect(checked).toMatchObject({
    ok: false,
    diagnostics: [{ hint: expect.stringContaining('revenue'), at: { file: 'dashboards/new.yml', line: 5 } }],
  })
  const right = content.replace('revenu ', 'revenue ')
  expect(
    JSON.parse((await call(client, 'validate_file', { file: 'dashboards/new.yml', content: right })).text).ok,
  ).toBe(true)
  const outside = await call(client, 'validate_file', { file: '../metrics.config.ts', content: 'process.exit(1)' })
  expect(outside).toMatchObject({ isError: true, text: expect.stringContaining('AM6030') })
  const code = await call(client, 'validate_file', { file: 'metrics/a.ts', content: 'process.exit(1)' })
  expect(code).toMatchObject({ isError: true, text: expect.stringContaining('AM6030') })
  await client.close()
})

test('nobody gets in without a key', async () => {
  const transport = new StreamableHTTPClientTransport(new URL(`http://127.0.0.1:${server.port}/mcp`))
  const client = new Client({ name: 'test', version: '1' })
  await expect(client.connect(transport as Parameters<typeof client.connect>[0])).rejects.toThrow()
})

test('the command serves an assistant over stdio', async () => {
  const other = sampleProject()
  await runCli(['build', '--project', other.dir])
  const client = new Client({ name: 'test', version: '1' })
  const args = [LAUNCHER, 'mcp', '--project', other.dir, '--as', 'admin:x']
  await client.connect(new StdioClientTransport({ command: process.execPath, args, stderr: 'ignore' }))
  const answer = JSON.parse((await call(client, 'query', { metrics: ['order_count'] })).text)
  expect(answer.rows).toEqual([{ order_count: 3 }])
  expect((await client.listTools()).tools.map(({ name }) => name)).toContain('validate_file')
  const diff = await call(client, 'diff')
  expect(diff).toMatchObject({ isError: true, text: expect.stringContaining('AM6101') })
  await client.close()
  other.remove()
}, 180_000)
