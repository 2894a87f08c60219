import { createServer } from 'node:http'
import express from 'express'
import { consumeEvents, createIngest, ingestRoutes } from '../../../dist/runtime/ingest/index.js'
import { openWarehouse } from '../../../dist/runtime/warehouse/index.js'

// A server with nothing but ingest, to be killed or measured. It is built, as users run it, and says its port.
const [path = '', broker, topic] = process.argv.slice(2)
const warehouse = await openWarehouse({ type: 'duckdb', path: path })
const ingest = await createIngest({ warehouse })
if (broker) {
  await consumeEvents({ ingest, connection: { brokers: [broker] }, topics: [topic], org: 'acme' })
  process.send?.({ port: 0 })
} else {
  const app = express()
  app.use(ingestRoutes(ingest, () => ({ org: 'acme', scopes: ['ingest'] })))
  const server = createServer(app).listen(0, '127.0.0.1', () => process.send?.({ port: server.address().port }))
}
process.on('message', () =>
  process.send?.({ memory: process.memoryUsage(), cpu: process.cpuUsage(), accepted: ingest.figures().accepted }),
)
