import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { type GitOptions, gitRoutes } from '../../runtime/ingest/git/index.ts'
import { createIngest } from '../../runtime/ingest/index.ts'
import { openWarehouse } from '../../runtime/warehouse/index.ts'
import { type StoredEvent, storedDeadLetters, storedEvents } from './telemetry.ts'

export interface GitServer {
  readonly url: string
  events(): Promise<readonly StoredEvent[]>
  deadLetters(): Promise<readonly string[]>
  close(): Promise<void>
}

/** A server that takes webhooks into a warehouse of its own. */
export async function startGitServer(options: Omit<GitOptions, 'ingest'>): Promise<GitServer> {
  const warehouse = await openWarehouse({ type: 'duckdb', path: ':memory:' })
  const ingest = await createIngest({ warehouse })
  const server = createServer(express().use(gitRoutes({ ingest, ...options })))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    events: () => storedEvents(warehouse),
    deadLetters: () => storedDeadLetters(warehouse),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await ingest.close()
      await warehouse.close()
    },
  }
}
