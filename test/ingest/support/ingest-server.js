import { createServer } from 'node:http'
import express from 'express'
import { createIngest, ingestRoutes } from '../../../dist/runtime/ingest/index.js'
import { openWarehouse } from '../../../dist/runtime/warehouse/index.js'

// A server with nothing but ingest, to be killed or measured. It is built, as users run it, and says its port.
const warehouse = await openWarehouse({ type: 'duckdb', path: process.argv[2] ?? '' })
const ingest = await createIngest({ warehouse })
const app = express()
app.use(ingestRoutes(ingest, () => ({ org: 'acme', scopes: ['ingest'] })))
const server = createServer(app).listen(0, '127.0.0.1', () => process.send?.({ port: server.address().port }))
process.on('message', () => process.send?.({ memory: process.memoryUsage(), cpu: process.cpuUsage() }))
