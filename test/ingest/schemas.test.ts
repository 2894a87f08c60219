import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { generateEvents } from '../../models/demo/index.ts'
import { createValidator } from '../../runtime/ingest/accept/validator.ts'
import { EVENT_TYPES, eventSchemas, eventsSchema } from '../../runtime/ingest/index.ts'
import { stepEvent } from './support/fixture.ts'

const validate = createValidator()

describe('the schemas of events', () => {
  it('take every event of the demo', () => {
    const problems = new Map<string, string>()
    let count = 0
    for (const event of generateEvents({ days: 20, until: new Date('2026-06-01T00:00:00Z') })) {
      const problem = validate(event)
      if (problem) problems.set(event.type, problem.reason)
      count++
    }
    expect(count).toBeGreaterThan(5000)
    expect(Object.fromEntries(problems)).toEqual({})
  })

  it('describe every type and every field of it', () => {
    const schemas = eventSchemas()
    expect(Object.keys(schemas)).toEqual(Object.keys(EVENT_TYPES))
    for (const [type, { data }] of Object.entries(EVENT_TYPES)) {
      expect(data.description, type).toMatch(/\.$/)
      for (const [field, { description }] of Object.entries(data.properties)) {
        expect(description, `${type} ${field}`).toBeTruthy()
      }
    }
  })

  it('are one valid JSON Schema together, which tells the types apart', () => {
    const check = new Ajv({ strictTypes: false, formats: { 'date-time': true, date: true } }).compile(eventsSchema())
    expect(check(stepEvent(1))).toBe(true)
    expect(check(stepEvent(1, { step: 'one' }))).toBe(false)
    expect(check({ ...stepEvent(1), type: 'agent.session.stop' })).toBe(false)
  })

  it('hold nothing but JSON', () => {
    expect(JSON.parse(JSON.stringify(eventsSchema()))).toEqual(eventsSchema())
  })

  it('take null for an optional field and any further field', () => {
    expect(validate(stepEvent(1, { tool: null, whatever: { deep: [1] } }))).toBeUndefined()
    expect(validate({ ...stepEvent(1), traceparent: '00-abc' })).toBeUndefined()
  })

  it.each([
    [{ specversion: '0.3' }, 'AM7002', '`specversion` must be "1.0".'],
    [{ id: '' }, 'AM7002', '`id` must not be empty.'],
    [{ id: 5 }, 'AM7002', '`id` must be of type string.'],
    [{ id: undefined }, 'AM7002', 'The event lacks `id`.'],
    [{ source: undefined }, 'AM7002', 'The event lacks `source`.'],
    [{ type: undefined }, 'AM7002', 'The event lacks `type`.'],
    [{ data: undefined }, 'AM7002', 'The event lacks `data`.'],
    [{ data: [] }, 'AM7004', '`data` must be of type object.'],
    [{ time: 'yesterday' }, 'AM7002', '`time` must be a time as in RFC 3339.'],
    [{ time: '2026-02-30T00:00:00Z' }, 'AM7002', '`time` must be a time as in RFC 3339.'],
    [{ time: '2026-02-03' }, 'AM7002', '`time` must be a time as in RFC 3339.'],
    [{ datacontenttype: 'text/xml' }, 'AM7002', expect.stringContaining('`datacontenttype` must match')],
    [{ type: 'agent.session.stepp' }, 'AM7003', expect.stringContaining('Did you mean agent.session.step?')],
    [{ type: '__proto__' }, 'AM7003', 'There is no event type `__proto__`.'],
    [{ subject: undefined }, 'AM7004', 'The event needs `subject` or `data.session_id`.'],
    [{ data: { step: 1.5 } }, 'AM7004', '`data.step` must be of type integer or null.'],
    [{ data: { step: -1 } }, 'AM7004', '`data.step` must be >= 0.'],
    [{ data: { step: 2 ** 60 } }, 'AM7004', expect.stringContaining('`data.step` must be <=')],
    [
      { data: { environment: 'prod' } },
      'AM7004',
      '`data.environment` must be one of production, staging, development.',
    ],
  ])('refuse %j', (change, code, reason) => {
    const event = Object.fromEntries(
      Object.entries({ ...stepEvent(1), ...change }).filter(([, value]) => value !== undefined),
    )
    expect(validate(event)).toEqual({ code, reason })
  })

  it.each(['2026-06-30T23:59:60Z', '2026-06-30t23:59:59.123456789+02:00', '2024-02-29T00:00:00-00:30'])(
    'take the time %s',
    (time) => expect(validate({ ...stepEvent(1), time })).toBeUndefined(),
  )

  it.each([null, 5, 'text', [], true])('refuse %j instead of an event', (event) => {
    expect(validate(event)?.code).toBe('AM7002')
  })
})
