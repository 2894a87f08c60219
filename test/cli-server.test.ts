import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCli, startServing } from './support/run-cli.ts'
import { SAMPLE, sampleProject } from './support/sample-project.ts'

const project = sampleProject()
const serverFile = join(project.dir, '.metrics/server.json')
const metrics = (...args: string[]) => runCli([...args, '--project', project.dir])
const revenue = async () => {
  const { stdout } = await metrics('query', '--metrics', 'revenue', '--as', 'admin:x', '--format', 'json')
  return JSON.parse(stdout)
}
let server: Awaited<ReturnType<typeof startServing>>

beforeAll(async () => {
  await metrics('build')
  server = await startServing(['dev', '--port', '0', '--project', project.dir])
})
afterAll(async () => {
  await server.stop()
  project.remove()
})

test('a sign-in link for each tenant is printed, and works once', async () => {
  expect(server.sign_in.map(({ org }) => org)).toEqual(['x', 'y'])
  const enter = () => fetch(server.sign_in[0]?.url ?? '', { redirect: 'manual' })
  expect((await enter()).status).toBe(303)
  expect((await enter()).status).toBe(401)
})

test('the token of the machine is readable by its user alone', () => {
  expect(statSync(serverFile).mode & 0o777).toBe(0o600)
})

test('commands ask the running server, which holds the warehouse and the store', async () => {
  expect(await revenue()).toEqual([{ revenue: 35 }])
  const build = await metrics('build', '--select', 'orders', '--format', 'json')
  expect([build.code, JSON.parse(build.stdout).ok]).toEqual([0, true])
  expect(build.stderr).toContain('✓ orders')
  const key = await metrics('keys', 'create', '--org', 'x', '--role', 'admin')
  expect(key.stdout).toMatch(/^am_/)
  const project = await fetch(`${server.url}/api/v1/project`, {
    headers: { authorization: `Bearer ${key.stdout.trim()}` },
  })
  expect(await project.json()).toMatchObject({ caller: { org: 'x', role: 'admin' } })
  const unknown = await metrics('query', '--metrics', 'revenu', '--as', 'admin:x')
  expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('`revenue`')])
})

test('a second server of the same project is refused', async () => {
  const { code, stderr } = await metrics('serve', '--port', '0')
  expect([code, stderr]).toEqual([1, expect.stringContaining('AM5005')])
})

test('a saved change is live, and a broken one leaves the last good version live', async () => {
  const original = SAMPLE['metrics/orders.yml'] ?? ''
  project.write('metrics/orders.yml', original.replace('sql: amount', 'sql: amount * 2'))
  await until(() => server.log().includes('Reloaded'))
  const { key } = JSON.parse(
    (await metrics('keys', 'create', '--org', 'x', '--role', 'viewer', '--format', 'json')).stdout,
  )
  const ask = async () => {
    const response = await fetch(`${server.url}/api/v1/query`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ metrics: ['revenue'] }),
    })
    return ((await response.json()) as { rows: [{ revenue: number }] }).rows
  }
  expect(await ask()).toEqual([{ revenue: 70 }])
  project.write('metrics/orders.yml', original.replace('agg: sum', 'agg: smu'))
  await until(() => server.log().includes('last good version'))
  expect(server.log()).toContain('Did you mean `sum`?')
  expect(await ask()).toEqual([{ revenue: 70 }])
  const own = await metrics('query', '--metrics', 'order_count', '--as', 'admin:x')
  expect(own.stderr).toContain('metrics validate')
  project.write('metrics/orders.yml', original)
  await until(async () => (await ask())[0].revenue === 35)
})

test('SIGTERM ends the server with code 0 and leaves nothing locked', async () => {
  expect(await server.stop()).toBe(0)
  expect(existsSync(serverFile)).toBe(false)
  expect(await revenue()).toEqual([{ revenue: 35 }])
})

test('what a killed server left is noticed', async () => {
  server = await startServing(['serve', '--port', '0', '--project', project.dir])
  await server.stop('SIGKILL')
  expect(existsSync(serverFile)).toBe(true)
  expect(await revenue()).toEqual([{ revenue: 35 }])
  expect(existsSync(serverFile)).toBe(false)
  server = await startServing(['serve', '--port', '0', '--project', project.dir])
  expect(JSON.parse(readFileSync(serverFile, 'utf8')).pid).toBe(server.pid)
})

test('a server file of another process is not believed', async () => {
  const other = sampleProject()
  await runCli(['build', '--project', other.dir])
  mkdirSync(join(other.dir, '.metrics'), { recursive: true })
  const content = { pid: process.pid, mark: `${process.pid} 1`, url: 'http://127.0.0.1:9', token: 'x' }
  writeFileSync(join(other.dir, '.metrics/server.json'), JSON.stringify(content))
  const { code } = await runCli(['query', '--metrics', 'revenue', '--as', 'admin:x', '--project', other.dir])
  expect(code).toBe(0)
  other.remove()
})

async function until(condition: () => boolean | Promise<boolean>) {
  for (let waited = 0; waited < 20_000; waited += 100) {
    if (await condition()) return
    await sleep(100)
  }
  throw new Error(`It did not happen. The server said:\n${server.log()}`)
}
