import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { postgresDatabase } from '../support/postgres.ts'
import { startReceiver } from '../support/receiver.ts'

const ROOT = join(import.meta.dirname, '../..')
const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

const startSending = (...args: readonly string[]) => {
  const script = [join(ROOT, 'node_modules/jiti/lib/jiti-cli.mjs'), join(import.meta.dirname, 'sending-process.ts')]
  const child = spawn(process.execPath, [...script, ...args], { stdio: ['ignore', 'inherit', 'inherit'] })
  children.push(child)
  return child
}

it('a process that is killed between sending and writing it down leaves a duplicate, and nothing else', async ({
  skip,
}) => {
  const url = await postgresDatabase()
  if (url === null) return skip()
  let first: ChildProcess | undefined
  // Dies when the third message has arrived and before it hears that it did.
  const receiver = await startReceiver((_, count) => {
    if (count === 3) first?.kill('SIGKILL')
    return { status: 200 }
  })
  const keys = Array.from({ length: 12 }, (_, index) => `k${index}`)
  first = startSending(url, receiver.url, ...keys)
  await new Promise((resolve) => first?.once('exit', resolve))
  const before = counts(receiver.received)
  startSending(url, receiver.url)
  const distinct = () => counts(receiver.received).size
  for (let tries = 0; distinct() < keys.length && tries < 400; tries += 1) await pause(50)
  await pause(2_500)
  const after = counts(receiver.received)
  expect([...after.keys()].sort()).toEqual([...keys].sort())
  const doubled = [...after].filter(([, count]) => count > 1).map(([key]) => key)
  // Only what had been sent when the process died may come again, and it comes under the same id.
  expect(doubled.every((key) => before.has(key))).toBe(true)
  expect(Math.max(...after.values())).toBe(2)
  const ids = new Set(receiver.received.map(({ headers }) => headers['webhook-id']))
  expect(ids.size).toBe(keys.length)
  await receiver.close()
})

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

function counts(received: readonly { readonly body: Record<string, unknown> }[]): Map<string, number> {
  const found = new Map<string, number>()
  for (const { body } of received) {
    const { key } = body.data as { key: string }
    found.set(key, (found.get(key) ?? 0) + 1)
  }
  return found
}
