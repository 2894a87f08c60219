import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { endIdleSessions } from '../runtime/ingest/telemetry/index.ts'
import type { WarehouseLocation } from '../runtime/warehouse/index.ts'
import { type OpenProject, openProject } from './projects/open-project.ts'
import { otlpRequest, type Sending } from './support/otlp-request.ts'
import { postgresDatabase } from './support/postgres.ts'
import { startTelemetryServer } from './support/telemetry.ts'

const CASES = ['claude-code-logs', 'claude-code-metrics', 'codex-logs', 'gemini-logs', 'copilot']
const postgres = await postgresDatabase()
const engines: readonly { readonly name: string; readonly location: WarehouseLocation }[] = [
  { name: 'duckdb', location: { type: 'duckdb', path: ':memory:' } },
  ...(postgres === null ? [] : [{ name: 'postgres', location: { type: 'postgres' as const, url: postgres } }]),
]

describe.each(engines)('the shipped project over what agents sent, on $name', ({ location }) => {
  it('knows their sessions, people, costs and lines', async () => {
    const open = await openProject(process.cwd(), sendEverything, location)
    try {
      expect(await sessions(open)).toEqual([
        ['claude-code', 's-1', 'ada@acme.example', 'completed', 'claude-opus-5', 0],
        ['claude-code', 's-2', 'ada@acme.example', 'completed', 'claude-sonnet-4-6', 47],
        ['codex-cli', 'c-1', 'bo@acme.example', 'completed', 'gpt-5.2-codex', 0],
        ['copilot', 'conv-1', 'cy@acme.example', 'completed', 'gpt-4o', 0],
        ['gemini-cli', 'g-1', null, 'failed', 'gemini-3-pro-preview', 15],
      ])
      const ask = { metrics: ['total_sessions', 'total_spend', 'success_rate'] }
      const { rows } = await open.layer.query(ask, { org: 'acme', role: 'admin', user: null, attributes: {} })
      const { rows: direct } = await open.warehouse.query(
        `SELECT sum(cast(cast(data AS json) ->> 'amount' AS double precision)) FROM raw.events WHERE type = 'agent.cost.recorded'`,
      )
      expect(rows).toEqual([
        { total_sessions: 5, success_rate: 0.8, total_spend: expect.closeTo(Number(direct[0]?.[0]), 9) },
      ])
    } finally {
      await open.close()
    }
  })
})

async function sendEverything(warehouse: OpenProject['warehouse']) {
  const server = await startTelemetryServer({}, warehouse)
  for (const name of CASES) {
    const file = join(import.meta.dirname, 'input', `telemetry-${name}`, 'requests.yml')
    for (const sending of parse(readFileSync(file, 'utf8'), { merge: true }) as readonly Sending[]) {
      const { path, body } = otlpRequest(sending)
      const headers = { 'content-type': 'application/json', authorization: 'Bearer acme' }
      await fetch(server.url + path, { method: 'POST', headers, body: JSON.stringify(body) })
    }
  }
  await endIdleSessions({ ingest: server.ingest, now: () => Date.now() + 3_600_000 })
  await server.close()
}

async function sessions({ warehouse }: OpenProject) {
  const { rows } = await warehouse.query(
    'SELECT agent, session_id, user_id, status, model, loc_changed FROM fct_sessions ORDER BY agent, session_id',
  )
  return rows
}
