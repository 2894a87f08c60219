import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Child, startChild } from '../ingest/support/child.ts'
import { appendBare } from './bare-appender.ts'
import { sendLoad } from './load.ts'

export interface IngestBenchOptions {
  readonly seconds?: number
  readonly rate?: number | undefined
  readonly batch?: number
  readonly connections?: number
}

/** Durable ingest over HTTP into DuckDB, beside the load generator, and the bare appender in the same run. */
export async function benchIngest({ seconds = 15, rate, batch = 200, connections = 16 }: IngestBenchOptions = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'agent-metrics-bench-'))
  try {
    const path = join(dir, 'warehouse.duckdb')
    const server = await startChild(path)
    const warmUp = await sendLoad({ url: server.url, seconds: 2, batch, connections })
    const before = await usageOf(server)
    const memory: number[] = []
    const watch = setInterval(() => usageOf(server).then(({ rss }) => memory.push(rss)), Math.max(250, seconds * 20))
    const load = await sendLoad({ url: server.url, seconds, batch, connections, rate, first: 100_000_000 })
    clearInterval(watch)
    const after = await usageOf(server)
    await server.kill()
    const bare = await appendBare(dir, 200_000, load.bytesPerEvent - 250)
    return {
      ...load,
      batch,
      connections,
      acknowledged: load.events + warmUp.events,
      cpuMicrosecondsPerEvent: Math.round(((after.cpu - before.cpu) / load.events) * 10) / 10,
      memoryMb: { start: mb(before.rss), quarters: quarters(memory).map(mb), end: mb(after.rss) },
      warehouseMb: mb(sizeOf(path) + sizeOf(`${path}.wal`)),
      bareAppenderPerSecond: bare,
      ratioToBareAppender: Math.round((load.eventsPerSecond / bare) * 1000) / 1000,
    }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

async function usageOf({ process: child }: Child): Promise<{ readonly rss: number; readonly cpu: number }> {
  child.send('usage')
  const [{ memory, cpu }] = await once(child, 'message')
  return { rss: memory.rss, cpu: cpu.user + cpu.system }
}

const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0

const mb = (bytes: number) => Math.round(bytes / 1e6)

/** The highest value in each quarter of the run. */
function quarters(values: readonly number[]): readonly number[] {
  const size = Math.ceil(values.length / 4)
  return [0, 1, 2, 3].map((part) => Math.max(0, ...values.slice(part * size, (part + 1) * size)))
}

if (process.argv[1]?.endsWith('bench/ingest.ts')) {
  const [seconds, rate] = process.argv.slice(2).map(Number)
  const report = await benchIngest({ ...(seconds ? { seconds } : {}), rate })
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
}
