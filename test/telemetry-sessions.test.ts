import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createIngest, type Ingest } from '../runtime/ingest/index.ts'
import { sourceStatus } from '../runtime/ingest/sources/index.ts'
import { endIdleSessions } from '../runtime/ingest/telemetry/index.ts'
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
      kind: 'telemetry',
      events: 72,
      lastEventAt: '2026-05-07T09:00:00.000Z',
      lastReceivedAt: '2026-05-07T09:00:00.000Z',
      expectedEvery: 3600,
      status: 'fresh',
      rejected: 0,
      missing: ['user_id'],
    })
    now += 16 * 60 * MINUTE
    for (let each = 0; each < 10; each += 1) await tell('agent.cost.recorded', 's-1', { kind: 'tokens', amount: 1 })
    const later = async (hours: number) => (await sourceStatus(warehouse, 'acme', now + hours * 60 * MINUTE))[0]
    expect(await later(15)).toMatchObject({ expectedEvery: 16 * 3600, status: 'fresh' })
    expect((await later(17))?.status).toBe('late')
    expect((await later(33))?.status).toBe('silent')
    expect(await sourceStatus(warehouse, 'globex', now)).toEqual([])
  })

  it('shows sources whose events are refused, and expects nothing more of files', async () => {
    const event = {
      specversion: '1.0',
      id: '1',
      source: '/import/cursor',
      type: 'x',
      time: new Date(now).toISOString(),
    }
    await ingest.accept('acme', [
      { ...event, type: 'agent.session.started', data: { session_id: 's-1', agent: 'cursor' } },
      { ...event, source: '/ours', data: {} },
      'no event',
    ])
    const found = await sourceStatus(warehouse, 'acme', now + 365 * 24 * 60 * MINUTE)
    expect(found.map(({ source, kind, events, status, rejected }) => [source, kind, events, status, rejected])).toEqual(
      [
        ['/ours', 'events', 0, 'silent', 1],
        ['unreadable', 'events', 0, 'silent', 1],
        ['/import/cursor', 'import', 1, 'fresh', 0],
      ],
    )
  })
})
