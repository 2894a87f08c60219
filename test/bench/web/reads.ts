import { spawn } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { QueryDefinition } from '../../../runtime/definitions/index.ts'
import { createRuntime } from '../../../runtime/index.ts'
import { createVisibility } from '../../../runtime/semantic/access/visibility.ts'
import type { CubeRequest } from '../../../runtime/semantic/cube/cube-request.ts'
import { indexManifest } from '../../../runtime/semantic/cube-model/model-index.ts'
import { planQuery } from '../../../runtime/semantic/query/plan-query.ts'
import { percentile } from '../timing.ts'
import { serveDemo } from './demo-server.ts'
import { makeKeys } from './keys.ts'
import { queryMix } from './query-mix.ts'

const ROUNDS = 5
const ROUND_MS = 3000
const AT_ONCE = 8
const LAUNCHER = join(import.meta.dirname, '../../../node_modules/jiti/lib/jiti-cli.mjs')

interface Question {
  readonly ours: string
  readonly cubes: string
}

/** Warm reads of the questions of the shipped pages, of this server and of stock Cube over the same data, in turns. */
export async function benchReads() {
  const server = await serveDemo()
  const folder = mkdtempSync(join(tmpdir(), 'bench-cube-'))
  let stop = server.stop
  try {
    const bodies = await queryMix(server)
    await server.pause()
    const questions = await prepare(server.dir, folder, bodies)
    const [ours, cube] = [await server.resume(), await startCube(folder)]
    stop = async () => {
      cube.stop()
      await server.stop()
    }
    const keys = await makeKeys({ url: ours, key: server.key }, ['admin'])
    let turn = 0
    const headers = () => ({ authorization: `Bearer ${keys[turn++ % keys.length]}` })
    const read = {
      ours: (at: number, agent: Agent) =>
        call(agent, `${ours}/api/v1/query?q=${encodeURIComponent(questions[at]?.ours ?? '')}`, headers()),
      cube: (at: number, agent: Agent) =>
        call(agent, `${cube.url}/cubejs-api/v1/load?query=${encodeURIComponent(questions[at]?.cubes ?? '')}`, {}),
    }
    const usable = await warm(read, questions.length)
    const rounds: { readonly ours: Measured; readonly cube: Measured }[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      rounds.push({ ours: await measure(read.ours, usable), cube: await measure(read.cube, usable) })
    }
    const best = (who: 'ours' | 'cube', what: 'perSecond' | 'p50' | 'p95') =>
      percentile(
        rounds.map((r) => r[who][what]),
        0.5,
      )
    const of = (who: 'ours' | 'cube') => ({
      perSecond: best(who, 'perSecond'),
      p50Ms: best(who, 'p50'),
      p95Ms: best(who, 'p95'),
    })
    return {
      questions: usable.length,
      leftOut: questions.length - usable.length,
      rounds: ROUNDS,
      ours: of('ours'),
      stockCube: of('cube'),
      timesAsMany: percentile(
        rounds.map((r) => r.ours.perSecond / r.cube.perSecond),
        0.5,
      ),
    }
  } finally {
    await stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What Cube needs, and each question in both languages: those that are one question to Cube, too. */
async function prepare(dir: string, folder: string, bodies: readonly string[]): Promise<readonly Question[]> {
  const runtime = await createRuntime(dir)
  const manifest = runtime.manifest()
  await runtime.close()
  copyFileSync(join(dir, 'warehouse.duckdb'), join(folder, 'warehouse.duckdb'))
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest))
  const index = indexManifest(manifest)
  const visible = createVisibility(index)('admin')
  const context = { org: 'acme', role: 'admin', user: null, attributes: {} } as const
  const texts = bodies.flatMap((body) =>
    (JSON.parse(body) as { queries: object[] }).queries.map((one) => JSON.stringify(one)),
  )
  return [...new Set(texts)].flatMap((ours) => {
    const { parts } = planQuery(index, visible, JSON.parse(ours) as QueryDefinition, context)
    const [part] = parts
    if (part === undefined || parts.length > 1 || part.openRange !== null) return []
    return [{ ours, cubes: JSON.stringify(inCubesWords(part.request)) }]
  })
}

const inCubesWords = ({ rowLimit: _rows, limit, ...request }: CubeRequest) => ({
  ...request,
  limit: Math.min(limit ?? 10_000, 50_000),
})

async function startCube(folder: string): Promise<{ readonly url: string; readonly stop: () => void }> {
  const script = join(import.meta.dirname, 'stock-cube.ts')
  const args = [LAUNCHER, script, join(folder, 'manifest.json'), join(folder, 'warehouse.duckdb')]
  const env = { ...process.env, TZ: 'UTC', NODE_ENV: 'production', CUBEJS_CACHE_AND_QUEUE_DRIVER: 'memory' }
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      const found = /"port":(\d+)/.exec(String(chunk))?.[1]
      if (found !== undefined) resolve(Number(found))
    })
    child.on('close', (code) => reject(new Error(`Cube ended with ${code}.`)))
  })
  return { url: `http://127.0.0.1:${port}`, stop: () => void child.kill() }
}

type Read = (at: number, agent: Agent) => Promise<boolean>

/** Asks everything twice; questions that one of both cannot answer are left out for both. */
async function warm(read: { readonly ours: Read; readonly cube: Read }, count: number): Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true })
  const usable: number[] = []
  for (let at = 0; at < count; at += 1) {
    const answered = [
      await read.ours(at, agent),
      await read.ours(at, agent),
      await read.cube(at, agent),
      await read.cube(at, agent),
    ]
    if (answered.every(Boolean)) usable.push(at)
  }
  agent.destroy()
  return usable
}

interface Measured {
  readonly perSecond: number
  readonly p50: number
  readonly p95: number
}

/** Asks all questions again and again, for as long as it takes connections and compilers to settle. */
async function measure(read: Read, questions: readonly number[]): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })
  const times: number[] = []
  const since = performance.now()
  let asked = 0
  const worker = async () => {
    while (performance.now() - since < ROUND_MS) {
      const at = questions[asked++ % questions.length] ?? 0
      const start = performance.now()
      if (!(await read(at, agent))) throw new Error('A question that was answered before failed.')
      times.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  agent.destroy()
  return {
    perSecond: (times.length * 1000) / (performance.now() - since),
    p50: percentile(times, 0.5),
    p95: percentile(times, 0.95),
  }
}

/** True where there was an answer: Cube says "Continue wait" with 200, too. */
function call(agent: Agent, url: string, headers: Record<string, string>): Promise<boolean> {
  return new Promise((resolve, reject) => {
    request(url, { agent, headers: { ...headers, 'accept-encoding': 'br' } }, (response) => {
      let start = ''
      response.on('data', (chunk) => {
        if (start.length < 100) start += String(chunk).slice(0, 100)
      })
      response.on('end', () => resolve(response.statusCode === 200 && !start.includes('"error"')))
    })
      .on('error', reject)
      .end()
  })
}
