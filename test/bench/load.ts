import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { type LoadBatch, makeBatches } from './load-batch.ts'

export interface LoadOptions {
  readonly url: string
  /** API key, where the server wants one. */
  readonly token?: string | undefined
  readonly seconds: number
  readonly batch: number
  readonly connections: number
  /** Events per second; as many as possible without it. */
  readonly rate?: number | undefined
  /** The first number in the ids of events. */
  readonly first?: number
}

export interface LoadResult {
  readonly events: number
  readonly seconds: number
  readonly eventsPerSecond: number
  readonly refused: number
  readonly bytesPerEvent: number
  readonly latencyMs: { readonly p50: number; readonly p95: number; readonly max: number }
}

/** Sends batches of events of sessions that nobody heard of before, and counts those that were acknowledged. */
export async function sendLoad(options: LoadOptions): Promise<LoadResult> {
  const { seconds, batch, connections, rate } = options
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const latencies: number[] = []
  const first = options.first ?? 0
  let next = first
  let events = 0
  let refused = 0
  const batches = makeBatches(batch, connections)
  const started = performance.now()
  const elapsed = () => performance.now() - started
  const sender = async ({ body, renew }: LoadBatch) => {
    while (elapsed() < seconds * 1000) {
      if (rate !== undefined && next - first >= (rate * elapsed()) / 1000) {
        await sleep(5)
        continue
      }
      renew(next, Date.now())
      next += batch
      const sent = performance.now()
      const accepted = await post(agent, options, body)
      latencies.push(performance.now() - sent)
      if (accepted === null) refused += batch
      else events += accepted
    }
  }
  await Promise.all(batches.map(sender))
  const took = elapsed() / 1000
  agent.destroy()
  latencies.sort((a, b) => a - b)
  const part = (share: number) => Math.round((latencies[Math.floor((latencies.length - 1) * share)] ?? 0) * 10) / 10
  return {
    events,
    seconds: Math.round(took * 100) / 100,
    eventsPerSecond: Math.round(events / took),
    refused,
    bytesPerEvent: Math.round((batches[0]?.body.length ?? 0) / batch),
    latencyMs: { p50: part(0.5), p95: part(0.95), max: part(1) },
  }
}

/** Events that were acknowledged, or null where the server was busy. */
function post(agent: Agent, { url, token }: LoadOptions, body: Buffer): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const credentials = token === undefined ? {} : { authorization: `Bearer ${token}` }
    const headers = {
      'content-type': 'application/cloudevents-batch+json',
      'content-length': body.length,
      ...credentials,
    }
    const sent = request(`${url}/v1/events`, { method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('end', () => {
        if (response.statusCode === 429) return resolve(null)
        const text = Buffer.concat(chunks).toString()
        const accepted = /"accepted":(\d+)/.exec(text)?.[1]
        if (response.statusCode === 200 && accepted) return resolve(Number(accepted))
        reject(new Error(`${response.statusCode}: ${text.slice(0, 500)}`))
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
