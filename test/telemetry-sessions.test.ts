import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createIngest, type Ingest } from '../runtime/ingest/index.ts'
import { endIdleSessions, sourceStatus } from '../runtime/ingest/telemetry/index.ts'
import { openEngines } from './warehouse/engines.ts'

const MINUTE = 60_000
const start = Date.parse('2026-05-04T10:00:00Z')
const engines = await openEngines()

describe.each(engines)('telemetry on $name', ({ warehouse }) => {
  let now = start
  let ingest: Ingest
  beforeEach(async () => {
    now = start
    await warehouse.query('DROP SCHEMA IF EXISTS raw CASCADE')
    ingest = await createIngest({ warehouse, clock: () => now })
  })
  afterEach(() => ingest.close())

  let number = 0
  const tell = (type: string, session: string, data: object = {}, org = 'acme') =>
    ingest.accept(org, [
      {
        specversion: '1.0',
        id: `e-${number++}`,
        source: '/telemetry/claude-code',
        type,
        subject: session,
        time: new Date(now).toISOString(),
        data: { session_id: session, ...data },
      },
    ])
  const ends = async () => {
    const { rows } = await warehouse.query(
      `SELECT org_id, subject, time, data FROM raw.events WHERE type = 'agent.session.ended' ORDER BY time, subject`,
    )
    return rows.map(([org, session, time, data]) => [org, session, time, JSON.parse(String(data))])
  }

  it('ends a session at its last sign of life, once, and again if it went on', async () => {
    await tell('agent.session.started', 's-1')
    now += 5 * MINUTE
    await tell('agent.session.output', 's-1', { kind: 'code', loc_added: 40, loc_deleted: 2 })
    await tell('agent.session.step', 's-1', { kind: 'model', status: 'ok', step: 7 })
    now += 29 * MINUTE
    expect(await endIdleSessions({ ingest, now: () => now })).toBe(0)
    now += 2 * MINUTE
    expect(await endIdleSessions({ ingest, now: () => now })).toBe(1)
    expect(await endIdleSessions({ ingest, now: () => now })).toBe(0)
    now += MINUTE
    await tell('agent.session.output', 's-1', { kind: 'code', loc_added: 1 })
    now += 31 * MINUTE
    expect(await endIdleSessions({ ingest, now: () => now })).toBe(1)
    const end = { session_id: 's-1', agent: 'claude-code', status: 'completed', inferred: true, loc_deleted: 2 }
    expect(await ends()).toEqual([
      ['acme', 's-1', '2026-05-04T10:05:00.000Z', { ...end, loc_added: 40 }],
      ['acme', 's-1', '2026-05-04T10:37:00.000Z', { ...end, loc_added: 41 }],
    ])
  })

  it('tells failed and cancelled sessions by how they stopped, and tenants apart', async () => {
    await tell('agent.session.step', 's-1', { kind: 'model', status: 'error', error_type: 'rate_limited', step: 1 })
    await tell('agent.session.step', 's-1', { kind: 'hook', status: 'ok', step: 2 })
    await tell('agent.session.step', 's-1', { kind: 'model', status: 'ok', step: 1 }, 'globex')
    await tell('agent.session.step', 's-2', { kind: 'model', status: 'ok', step: 1 })
    await tell('agent.session.step', 's-2', { kind: 'approval', status: 'denied', decided_by: 'user', step: 2 })
    now += 40 * MINUTE
    await endIdleSessions({ ingest, now: () => now })
    expect((await ends()).map(([org, session, , data]) => [org, session, data.status, data.error_type])).toEqual(
      expect.arrayContaining([
        ['acme', 's-1', 'failed', 'rate_limited'],
        ['acme', 's-2', 'cancelled', undefined],
        ['globex', 's-1', 'completed', undefined],
      ]),
    )
  })

  it('shows sources that went quiet and fields that went missing', async () => {
    for (let hour = 0; hour < 72; hour += 1) {
      now = start + hour * 60 * MINUTE
      await tell('agent.cost.recorded', 's-1', { kind: 'tokens', amount: 1, ...(hour < 48 ? { user_id: 'ada' } : {}) })
    }
    const [status] = await sourceStatus(warehouse, 'acme', now + 30 * MINUTE)
    expect(status).toMatchObject({
      source: '/telemetry/claude-code',
      lastSeen: '2026-05-07T09:00:00.000Z',
      isSilent: false,
      missing: ['user_id'],
    })
    now += 16 * 60 * MINUTE
    for (let each = 0; each < 10; each += 1) await tell('agent.cost.recorded', 's-1', { kind: 'tokens', amount: 1 })
    expect((await sourceStatus(warehouse, 'acme', now + 17 * 60 * MINUTE))[0]).toMatchObject({
      silentMinutes: 17 * 60,
      isSilent: true,
    })
    expect(await sourceStatus(warehouse, 'globex', now)).toEqual([])
  })
})
