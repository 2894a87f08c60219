import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { fail } from '../../runtime/diagnostics/index.ts'
import { createIngest, type Ingest } from '../../runtime/ingest/index.ts'
import { type TelemetryOptions, telemetryRoutes } from '../../runtime/ingest/telemetry/index.ts'
import { openWarehouse, type Warehouse } from '../../runtime/warehouse/index.ts'

export interface StoredEvent {
  readonly org: string
  readonly source: string
  readonly id: string
  readonly type: string
  readonly subject: string | null
  readonly time: string
  readonly data: Readonly<Record<string, unknown>>
}

/** A server that takes telemetry into a warehouse of its own. */
export interface TelemetryServer {
  readonly url: string
  readonly ingest: Ingest
  readonly warehouse: Warehouse
  events(): Promise<readonly StoredEvent[]>
  deadLetters(): Promise<readonly string[]>
  /** A new process over the same warehouse, as far as telemetry can tell. */
  restart(options?: Partial<TelemetryOptions>): Promise<void>
  close(): Promise<void>
}

export async function startTelemetryServer(
  options: Partial<TelemetryOptions> = {},
  given?: Warehouse,
): Promise<TelemetryServer> {
  const warehouse = given ?? (await openWarehouse({ type: 'duckdb', path: ':memory:' }))
  await warehouse.query('DROP SCHEMA IF EXISTS raw CASCADE')
  const ingest = await createIngest({ warehouse })
  let handler = createHandler(ingest, options)
  const server = createServer((request, response) => handler(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ingest,
    warehouse,
    events: () => storedEvents(warehouse),
    deadLetters: () => storedDeadLetters(warehouse),
    async restart(changed = {}) {
      handler = createHandler(ingest, { ...options, ...changed })
    },
    close: () => closeAll(server, ingest, given ? null : warehouse),
  }
}

function createHandler(ingest: Ingest, options: Partial<TelemetryOptions>) {
  return express().use(telemetryRoutes({ ingest, permit, ...options }))
}

/** The key is the name of the organisation. */
const permit: TelemetryOptions['permit'] = (request) => {
  const [, org] = /^Bearer (\w+)$/.exec(request.headers.authorization ?? '') ?? []
  return { org: org ?? fail('AM5030', 'The request carries no valid API key.'), scopes: ['ingest'] }
}

export async function storedEvents(warehouse: Warehouse): Promise<readonly StoredEvent[]> {
  const { rows } = await warehouse.query(
    'SELECT org_id, source, id, type, subject, time, data FROM raw.events ORDER BY time, type, id',
  )
  return rows.map(([org, source, id, type, subject, time, data]) => ({
    org: String(org),
    source: String(source),
    id: String(id),
    type: String(type),
    subject: typeof subject === 'string' ? subject : null,
    time: String(time),
    data: JSON.parse(String(data)),
  }))
}

export async function storedDeadLetters(warehouse: Warehouse): Promise<readonly string[]> {
  const { rows } = await warehouse.query('SELECT reason FROM raw.dead_letters')
  return rows.map(([reason]) => String(reason))
}

async function closeAll(server: Server, ingest: Ingest, warehouse: Warehouse | null) {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await ingest.close()
  await warehouse?.close()
}
