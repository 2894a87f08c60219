import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { percentile } from '../timing.ts'
import { type DemoServer, serveDemo } from './demo-server.ts'
import { makeKeys } from './keys.ts'
import { changeData } from './live-data.ts'
import { queryMix } from './query-mix.ts'

const VIEWERS = 1000
const REFRESH = 30_000
const ROLES = ['admin', 'viewer', 'user', 'manager'] as const

/** A thousand people of one organisation look at its pages, each refreshed every thirty seconds. */
export async function benchViewers(seconds = 60) {
  const server = await serveDemo()
  try {
    const bodies = await queryMix(server)
    const keys = await makeKeys(server, ROLES)
    const still = await look(server, { bodies, keys, seconds })
    const live = await look(server, { bodies, keys, seconds, every: 10_000 })
    return { viewers: VIEWERS, refreshSeconds: REFRESH / 1000, pages: bodies.length, still, dataChangesEvery10s: live }
  } finally {
    await server.stop()
  }
}

interface Load {
  readonly bodies: readonly string[]
  readonly keys: readonly string[]
  readonly seconds: number
  /** Milliseconds between changes of the data. */
  readonly every?: number
}

async function look(server: DemoServer, { bodies, keys, seconds, every }: Load) {
  const agent = new Agent({ keepAlive: true, maxSockets: VIEWERS })
  const end = performance.now() + seconds * 1000
  const [times, checks]: [number[], number[]] = [[], []]
  let failed = 0
  const timed = async (into: number[], work: () => Promise<boolean>) => {
    const since = performance.now()
    if (await work().catch(() => false)) into.push(performance.now() - since)
    else failed += 1
  }
  const viewer = async (at: number) => {
    const key = keys[at % keys.length] ?? ''
    let due = performance.now() + (at / VIEWERS) * REFRESH
    for (let turn = 0; due < end; turn += 1, due += REFRESH) {
      await sleep(Math.max(0, due - performance.now()))
      await timed(checks, () => call(agent, server.url, key, '/api/v1/freshness'))
      await timed(times, () => call(agent, server.url, key, '/api/v1/query', bodies[(at + turn) % bodies.length]))
    }
  }
  const change = async () => {
    for (let due = performance.now(); every !== undefined && due < end; due += every) {
      await sleep(Math.max(0, due - performance.now()))
      await changeData(server)
    }
  }
  await Promise.all([change(), ...Array.from({ length: VIEWERS }, (_, at) => viewer(at))])
  agent.destroy()
  const quantiles = (all: readonly number[]) => ({
    p50: percentile(all, 0.5),
    p95: percentile(all, 0.95),
    max: percentile(all, 1),
  })
  return { seconds, refreshes: times.length, failed, refreshMs: quantiles(times), freshnessMs: quantiles(checks) }
}

/** True where everything was answered. */
function call(agent: Agent, url: string, key: string, path: string, body?: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${key}`,
      'accept-encoding': 'br',
      ...(body !== undefined && { 'content-type': 'application/json', accept: 'application/x-ndjson' }),
    }
    const sent = request(
      `${url}${path}`,
      { method: body === undefined ? 'GET' : 'POST', agent, headers },
      (response) => {
        response.resume()
        response.on('end', () => resolve(response.statusCode === 200))
        response.on('error', reject)
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}
