import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sendLoad } from './load.ts'
import { percentile } from './timing.ts'

export interface FreshnessOptions {
  readonly minutes?: number
  readonly rate?: number
  readonly days?: number
  /** Memory of DuckDB, such as `1GB`; the default of the product where it is not given. */
  readonly memory?: string | undefined
}

interface Served {
  readonly url: string
  readonly pid: number
  readonly process: ChildProcess
}

const PATIENCE_MS = 120_000

/** Time from an event to the answer that counts it, and memory, while many others come in; over the shipped project. */
export async function benchFreshness({ minutes = 0.5, rate = 10_000, days = 30, memory }: FreshnessOptions = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'agent-metrics-freshness-'))
  try {
    for (const part of ['metrics', 'models', 'dashboards', 'alerts', 'metrics.config.ts']) {
      cpSync(part, join(dir, part), { recursive: true })
    }
    if (memory !== undefined) limitMemory(join(dir, 'metrics.config.ts'), memory)
    run(dir, 'demo', '--days', String(days))
    const key = run(dir, 'keys', 'create', '--org', 'acme', '--role', 'admin', '--scope', 'ingest,query').trim()
    const server = await serve(dir)
    try {
      return {
        minutes,
        rate,
        memoryLimit: memory ?? null,
        ...(await measure(server, key, { seconds: minutes * 60, rate })),
      }
    } finally {
      server.process.kill('SIGTERM')
      await once(server.process, 'exit')
    }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

function limitMemory(config: string, memory: string) {
  const path = "path: 'warehouse.duckdb'"
  writeFileSync(config, readFileSync(config, 'utf8').replace(path, `${path}, memoryLimit: '${memory}'`))
}

async function measure(server: Served, key: string, { seconds, rate }: { seconds: number; rate: number }) {
  const end = Date.now() + seconds * 1000
  const before = memoryOf(server.pid)
  const memory: number[] = []
  const watch = setInterval(() => memory.push(memoryOf(server.pid)), 1000)
  const probes = probe(server.url, key, end)
  const load = await sendLoad({ url: server.url, token: key, seconds, rate, batch: 200, connections: 8 })
  const times = await probes
  clearInterval(watch)
  const quarter = Math.ceil(memory.length / 4)
  const highest = [0, 1, 2, 3].map((part) => Math.max(0, ...memory.slice(part * quarter, (part + 1) * quarter)))
  return {
    load,
    answeredMs: {
      probes: times.length,
      never: times.filter((time) => time === null).length,
      p50: percentile(known(times), 0.5),
      p95: percentile(known(times), 0.95),
      max: percentile(known(times), 1),
    },
    memoryMb: { start: before, quarters: highest, end: memory.at(-1) ?? before },
    builds: await buildsOf(server.url, key),
  }
}

const SLOWEST = 8

/** How long builds took, and the last one of the models that took longest. */
async function buildsOf(url: string, key: string) {
  const response = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${key}` } })
  const text = await response.text()
  const count = Number(/builds_total\{result="ok"\} (\S+)/.exec(text)?.[1] ?? 0)
  const seconds = Number(/^\w+_build_duration_seconds_sum (\S+)/m.exec(text)?.[1] ?? 0)
  const models = [...text.matchAll(/model_build_duration_seconds\{model="(\w+)"\} (\S+)/g)]
  const slowest = models.map(([, model = '', took]) => [model, Math.round(Number(took) * 1000)] as const)
  slowest.sort(([, a], [, b]) => b - a)
  return {
    count,
    meanMs: Math.round((seconds / count) * 1000),
    slowestMs: Object.fromEntries(slowest.slice(0, SLOWEST)),
  }
}

const known = (times: readonly (number | null)[]) => times.map((time) => time ?? PATIENCE_MS)

/** One event after the other, each awaited in the answers. */
async function probe(url: string, key: string, end: number): Promise<readonly (number | null)[]> {
  const times: (number | null)[] = []
  while (Date.now() < end) {
    times.push(await answered(url, key))
    await sleep(500)
  }
  return times
}

async function answered(url: string, key: string): Promise<number | null> {
  const id = randomUUID()
  const time = new Date().toISOString()
  const data = { session_id: id, agent: 'claude-code' }
  const started = performance.now()
  const event = { specversion: '1.0', id, source: '/probe', type: 'agent.session.started', time, subject: id, data }
  await post(`${url}/v1/events`, key, [event], 'application/cloudevents-batch+json')
  const query = { metrics: ['total_sessions'], where: `{session_id} = '${id}'` }
  while (performance.now() - started < PATIENCE_MS) {
    const { rows } = (await post(`${url}/api/v1/query`, key, query)) as { rows: { total_sessions: number }[] }
    if (rows[0]?.total_sessions === 1) return performance.now() - started
    await sleep(100)
  }
  return null
}

async function post(url: string, key: string, body: unknown, type = 'application/json'): Promise<unknown> {
  for (;;) {
    const headers = { authorization: `Bearer ${key}`, 'content-type': type }
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
    if (response.ok) return response.json()
    if (response.status !== 429) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
    await sleep(Number(response.headers.get('retry-after') ?? 1) * 1000)
  }
}

function run(dir: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('node', ['cli/metrics.js', ...args, '--project', dir], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`metrics ${args.join(' ')} failed:\n${stderr}`)
  return stdout
}

async function serve(dir: string): Promise<Served> {
  const args = ['cli/metrics.js', 'serve', '--project', dir, '--port', '0', '--no-live', '--format', 'json']
  const child = spawn('node', args, { stdio: ['ignore', 'ignore', 'inherit'] })
  const file = join(dir, '.metrics', 'server.json')
  for (let tries = 0; tries < 600 && child.exitCode === null; tries++) {
    await sleep(200)
    const content = read(file)
    if (content !== undefined) return { process: child, ...(JSON.parse(content) as { url: string; pid: number }) }
  }
  throw new Error('The server did not start.')
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

/** Resident memory in MB. */
function memoryOf(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`) ?? '')?.[1]
  return Math.round(Number(kilobytes ?? 0) / 1000)
}
