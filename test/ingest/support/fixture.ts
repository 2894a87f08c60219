import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import { onTestFinished } from 'vitest'
import {
  createIngest,
  type EventSink,
  type Ingest,
  type IngestOptions,
  ingestRoutes,
} from '../../../runtime/ingest/index.ts'
import { openWarehouse, type Warehouse, type WarehouseLocation } from '../../../runtime/warehouse/index.ts'

export function tempDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'agent-metrics-ingest-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

export const duckDb = (dir = tempDir()): WarehouseLocation => ({ type: 'duckdb', path: join(dir, 'warehouse.duckdb') })

/** An ingest over a real warehouse; both are closed when the test ends. */
export async function openIngest(
  location: WarehouseLocation = duckDb(),
  options: Omit<IngestOptions, 'warehouse'> = {},
): Promise<Ingest & { readonly stop: () => Promise<void> }> {
  const warehouse = await openWarehouse(location)
  const ingest = await createIngest({ warehouse, ...options })
  let isOpen = true
  const stop = async () => {
    if (!isOpen) return
    isOpen = false
    await ingest.close()
    await warehouse.close()
  }
  onTestFinished(stop)
  return { ...ingest, stop }
}

export interface TestEvent {
  readonly specversion: string
  readonly id: string
  readonly source: string
  readonly type: string
  readonly subject?: string
  readonly time?: string
  readonly data: Readonly<Record<string, unknown>>
}

export function stepEvent(number: number, data: TestEvent['data'] = {}): TestEvent {
  return {
    specversion: '1.0',
    id: `step-${number}`,
    source: '/agents',
    type: 'agent.session.step',
    subject: 'ses-1',
    time: '2026-03-01T12:00:00Z',
    data: { step: number, kind: 'edit', status: 'ok', ...data },
  }
}

export const steps = (count: number, first = 0) => Array.from({ length: count }, (_, index) => stepEvent(first + index))

export async function rowsOf(warehouse: Warehouse, sql: string): Promise<readonly Record<string, unknown>[]> {
  const { columns, rows } = await warehouse.query(sql)
  return rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index]])))
}

export async function countOf(warehouse: Warehouse, relation = 'raw.events'): Promise<number> {
  const { rows } = await warehouse.query(`SELECT count(*) FROM ${relation}`)
  return Number(rows[0]?.[0])
}

/** The routes on a real server; the tenant is what the header `x-org` says. */
export async function serve(ingest: EventSink): Promise<string> {
  const app = express()
  app.use(
    ingestRoutes(ingest, (request) => ({
      org: String(request.headers['x-org'] ?? 'acme'),
      scopes: String(request.headers['x-scopes'] ?? 'ingest').split(','),
    })),
  )
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
