import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { openWarehouse } from '../../runtime/warehouse/index.ts'
import { startChild } from './support/child.ts'
import { rowsOf, stepEvent, tempDir } from './support/fixture.ts'

const KILLS = Number(process.env.KILLS ?? 10)
const BATCH = 25

it(`loses and doubles nothing that was acknowledged when the server is killed ${KILLS} times`, {
  timeout: 30_000 + KILLS * 10_000,
}, async () => {
  const path = join(tempDir(), 'warehouse.duckdb')
  const acknowledged = new Set<string>()
  const unanswered: unknown[][] = []
  let next = 0
  let resent = 0
  for (let kill = 0; kill < KILLS; kill++) {
    const server = await startChild(path)
    let isAlive = true
    const sender = async () => {
      while (isAlive) {
        // What was not answered is sent again first, as a sender must.
        const again = unanswered.shift()
        if (again) resent++
        const events = again ?? Array.from({ length: BATCH }, () => stepEvent(next++))
        if (!(await send(server.url, events, acknowledged))) unanswered.push(events)
      }
    }
    const senders = Array.from({ length: 8 }, sender)
    await sleep(50 + Math.random() * 400)
    await server.kill()
    isAlive = false
    await Promise.all(senders)
  }
  const warehouse = await openWarehouse({ type: 'duckdb', path })
  const [row] = await rowsOf(warehouse, 'SELECT count(*) AS n, count(DISTINCT id) AS ids FROM raw.events')
  const stored = new Set((await rowsOf(warehouse, 'SELECT id FROM raw.events')).map(({ id }) => id))
  await warehouse.close()
  expect(acknowledged.size).toBeGreaterThan(KILLS * BATCH)
  expect(resent).toBeGreaterThan(0)
  expect(row?.n).toBe(row?.ids)
  expect([...acknowledged].filter((id) => !stored.has(id))).toEqual([])
})

async function send(url: string, events: readonly unknown[], acknowledged: Set<string>): Promise<boolean> {
  try {
    const headers = { 'content-type': 'application/cloudevents-batch+json' }
    const response = await fetch(`${url}/v1/events`, { method: 'POST', headers, body: JSON.stringify(events) })
    const { results } = (await response.json()) as { results: { status: string; id: string }[] }
    for (const { status, id } of results) if (status !== 'rejected') acknowledged.add(id)
    return true
  } catch {
    return false
  }
}
