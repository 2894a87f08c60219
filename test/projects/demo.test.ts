import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { type DemoEvent, generateEvents } from '../../models/demo/index.ts'
import { HOUR, localInstant } from '../../models/demo/local-time.ts'
import { eventSchemas } from '../../runtime/ingest/index.ts'

const UNTIL = new Date('2026-03-10T15:00:00Z')
const events = [...generateEvents({ until: UNTIL })]
const ofType = (type: string, org = 'acme') => events.filter((event) => event.type === type && event.orgid === org)
const data = (event: DemoEvent) => event.data as Readonly<Record<string, string | number | null>>

describe('demo events', () => {
  it('are the same for the same seed, and others for another', () => {
    const some = (seed: number) => JSON.stringify([...generateEvents({ seed, until: UNTIL, days: 3 })])
    expect(some(7)).toBe(some(7))
    expect(some(7)).not.toBe(some(8))
  })

  it('fit their published schemas', () => {
    const ajv = new Ajv({ strict: false, validateFormats: false, allowUnionTypes: true })
    const checks = new Map(Object.entries(eventSchemas()).map(([type, schema]) => [type, ajv.compile(schema)]))
    const wrong = events.filter((event) => checks.get(event.type)?.(event) !== true)
    expect(wrong.slice(0, 5)).toEqual([])
  })

  it('have ids of their own within their organisation, and share them between organisations', () => {
    for (const org of ['acme', 'globex']) {
      const ids = events.filter(({ orgid }) => orgid === org).map(({ source, id }) => `${source} ${id}`)
      expect(new Set(ids).size).toBe(ids.length)
    }
    const sessions = (org: string) => new Set(ofType('agent.session.started', org).map(({ subject }) => subject))
    const acme = sessions('acme')
    const shared = [...sessions('globex')].filter((id) => acme.has(id))
    expect(shared.length).toBeGreaterThan(300)
  })

  it('come in the order of receipt, none from the future, some late', () => {
    for (const org of ['acme', 'globex']) {
      const received = events.filter(({ orgid }) => orgid === org).map(({ receivedtime }) => receivedtime)
      expect(received).toEqual([...received].sort())
      expect(received.at(-1)?.localeCompare(UNTIL.toISOString())).toBeLessThanOrEqual(0)
    }
    const delays = events.map(({ time, receivedtime }) => Date.parse(receivedtime) - Date.parse(time))
    expect(delays.filter((delay) => delay > HOUR).length).toBeGreaterThan(300)
    expect(Math.min(...delays)).toBeGreaterThan(0)
  })

  it('are of ninety days, about a hundred thousand', () => {
    const started = ofType('agent.session.started').map(({ time }) => Date.parse(time))
    expect((Math.max(...started) - Math.min(...started)) / (24 * HOUR)).toBeGreaterThan(85)
    expect(events.length).toBeGreaterThan(60_000)
    expect(events.length).toBeLessThan(150_000)
  })

  it('rest at weekends and grow over time', () => {
    const starts = ofType('agent.session.started').map(({ time }) => new Date(time))
    const weekend = starts.filter((start) => [0, 6].includes(start.getUTCDay())).length
    expect(weekend / starts.length).toBeLessThan(0.08)
    const half = UNTIL.getTime() - 45 * 24 * HOUR
    const later = starts.filter((start) => start.getTime() > half).length
    expect(later / (starts.length - later)).toBeGreaterThan(1.5)
  })

  it('fail more on the days of the two incidents', () => {
    const rates = failureRates()
    const usual = [...rates.values()].sort((a, b) => a - b)[Math.floor(rates.size / 2)] ?? 0
    expect(usual).toBeLessThan(0.15)
    expect([...rates.values()].filter((rate) => rate > 2 * usual).length).toBeGreaterThanOrEqual(2)
  })

  it('leave some costs unknown: none, or 0 beside tokens', () => {
    const tokens = ofType('agent.cost.recorded')
      .map(data)
      .filter(({ kind }) => kind === 'tokens')
    const unknown = tokens.filter(({ amount }) => amount === null || amount === 0)
    expect(unknown.length / tokens.length).toBeGreaterThan(0.03)
    expect(unknown.length / tokens.length).toBeLessThan(0.15)
    expect(unknown.every(({ input_tokens }) => Number(input_tokens) > 0)).toBe(true)
  })

  it('have sessions that still run and pull requests that are still open at the end', () => {
    const ended = new Set(ofType('agent.session.ended').map(({ subject }) => subject))
    const running = ofType('agent.session.started').filter(({ subject }) => !ended.has(subject))
    expect(running.length).toBeGreaterThan(0)
    const decided = new Set([...ofType('agent.pr.merged'), ...ofType('agent.pr.closed')].map(({ subject }) => subject))
    expect(ofType('agent.pr.opened').some(({ subject }) => !decided.has(subject))).toBe(true)
  })
})

describe('local time', () => {
  it('follows daylight saving in each zone', () => {
    const noon = (zone: string, day: string) => new Date(localInstant(zone, Date.parse(day), 12 * 60)).toISOString()
    expect(noon('Europe/Berlin', '2026-01-15')).toBe('2026-01-15T11:00:00.000Z')
    expect(noon('Europe/Berlin', '2026-07-15')).toBe('2026-07-15T10:00:00.000Z')
    expect(noon('Asia/Kolkata', '2026-01-15')).toBe('2026-01-15T06:30:00.000Z')
  })
})

/** Part of the sessions that failed, by day with enough of them. */
function failureRates(): ReadonlyMap<string, number> {
  const days = new Map<string, DemoEvent[]>()
  for (const event of ofType('agent.session.ended')) {
    const day = event.time.slice(0, 10)
    days.set(day, [...(days.get(day) ?? []), event])
  }
  const busy = [...days].filter(([, ended]) => ended.length > 50)
  const failed = (ended: readonly DemoEvent[]) => ended.filter((event) => data(event).status === 'failed').length
  return new Map(busy.map(([day, ended]) => [day, failed(ended) / ended.length]))
}
