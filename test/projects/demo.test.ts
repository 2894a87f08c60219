import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { DAY, HOUR, localInstant } from '../../models/demo/core/local-time.ts'
import { DEFAULT_ORGANISATIONS, type DemoEvent, generateEvents, generateLive } from '../../models/demo/index.ts'
import { eventSchemas } from '../../runtime/ingest/index.ts'

const UNTIL = new Date('2026-03-10T15:00:00Z')
const events = [...generateEvents({ until: UNTIL, days: 30 })]
const byType = new Map<string, DemoEvent[]>()
for (const event of events) {
  const key = `${event.orgid} ${event.type}`
  const known = byType.get(key)
  if (known === undefined) byType.set(key, [event])
  else known.push(event)
}
const ofType = (type: string, org = 'acme') => byType.get(`${org} ${type}`) ?? []
type Data = Readonly<Record<string, string | number | null>>
const data = (event: DemoEvent) => event.data as Data
const count = (items: readonly unknown[]) => new Set(items).size

describe('demo events', () => {
  it('are the same for the same seed, and others for another', () => {
    const some = (seed: number) => JSON.stringify([...generateEvents({ seed, until: UNTIL, days: 1 })])
    expect(some(7)).toBe(some(7))
    expect(some(7)).not.toBe(some(8))
  })

  it('fit their published schemas', () => {
    const ajv = new Ajv({ strict: false, validateFormats: false, allowUnionTypes: true })
    const checks = new Map(Object.entries(eventSchemas()).map(([type, schema]) => [type, ajv.compile(schema)]))
    const wrong = events.filter((event) => checks.get(event.type)?.(event) !== true)
    expect(wrong.slice(0, 5)).toEqual([])
    expect(count(events.map(({ type }) => type))).toBe(checks.size)
  })

  it('have ids of their own within their organisation, and share them between organisations', () => {
    for (const org of ['acme', 'globex']) {
      const ids = events.filter(({ orgid }) => orgid === org).map(({ source, id }) => `${source} ${id}`)
      expect(count(ids)).toBe(ids.length)
    }
    const sessions = (org: string) => new Set(ofType('agent.session.started', org).map(({ subject }) => subject))
    const acme = sessions('acme')
    const shared = [...sessions('globex')].filter((id) => acme.has(id))
    expect(shared.length).toBeGreaterThan(50)
  })

  it('come in the order of receipt, none from the future, some late', () => {
    for (const org of ['acme', 'globex']) {
      const received = events.filter(({ orgid }) => orgid === org).map(({ receivedtime }) => receivedtime)
      expect(received).toEqual([...received].sort())
      expect(received.at(-1)?.localeCompare(UNTIL.toISOString())).toBeLessThanOrEqual(0)
    }
    const delays = events.map(({ time, receivedtime }) => Date.parse(receivedtime) - Date.parse(time))
    expect(delays.filter((delay) => delay > HOUR).length).toBeGreaterThan(300)
    expect(Math.min(...delays.slice(0, 50_000))).toBeGreaterThan(0)
  })

  it('are of an organisation of 400 people in three levels of units with 60 repositories, 6 models and 4 agents', () => {
    expect(ofType('org.user.changed').filter((event) => data(event).active)).toHaveLength(400)
    expect(count(ofType('org.unit.changed').map((event) => data(event).level))).toBe(3)
    expect(ofType('org.repository.changed')).toHaveLength(60)
    expect(ofType('org.ai_model.changed')).toHaveLength(6)
    const started = ofType('agent.session.started').map(data)
    expect(count(started.map(({ agent }) => agent))).toBe(4)
    expect(count(started.map(({ country }) => country))).toBeGreaterThan(8)
    expect(count(started.map(({ language }) => language))).toBe(7)
    for (const field of ['framework', 'complexity', 'region', 'trigger', 'configuration', 'mode']) {
      expect([field, count(started.map((each) => each[field]))]).toEqual([field, expect.any(Number)])
      expect(started.every((each) => each[field])).toBe(true)
    }
  })

  it('trace how a session was executed, with what each step took', () => {
    const steps = ofType('agent.session.step').map(data)
    expect(new Set(steps.map(({ kind }) => kind))).toEqual(
      new Set(['reason', 'read', 'edit', 'test', 'model', 'run', 'approval']),
    )
    expect(steps.filter(({ kind }) => kind === 'reason').every((step) => Number(step.output_tokens) > 0)).toBe(true)
    expect(steps.filter(({ error_type }) => error_type).every((step) => step.status === 'error')).toBe(true)
    expect(steps.some(({ error_message }) => error_message)).toBe(true)
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

  it('have pull requests of agents, with agents and without', () => {
    const by = ofType('agent.pr.opened').map((event) => data(event).created_by)
    for (const kind of ['agent', 'assisted', 'person']) {
      expect(by.filter((each) => each === kind).length).toBeGreaterThan(100)
    }
    expect(ofType('agent.pr.opened').some((event) => event.data.is_revert === true)).toBe(true)
  })
})

describe('the story of the demo', () => {
  const day = (daysBefore: number) => new Date(UNTIL.getTime() - daysBefore * DAY).toISOString().slice(0, 10)
  const share = (items: readonly DemoEvent[], is: (item: DemoEvent) => boolean) =>
    items.filter(is).length / Math.max(1, items.length)

  it('has an incident eight days before its end: logins fail, pools are full, a service is down', () => {
    const on = (type: string, when: (time: string) => boolean) => ofType(type).filter(({ time }) => when(time))
    const failed = (event: DemoEvent) => data(event).status === 'failed'
    const isBad = (time: string) => time.startsWith('2026-03-03') || time.startsWith('2026-03-02')
    const usual = share(
      on('agent.session.ended', (time) => time < '2026-03-01'),
      failed,
    )
    expect(usual).toBeLessThan(0.16)
    const bad = ['2026-03-02', '2026-03-03'].map((date) =>
      share(
        on('agent.session.ended', (time) => time.startsWith(date)),
        failed,
      ),
    )
    expect(Math.max(...bad)).toBeGreaterThan(2 * usual)
    expect(on('agent.health.checked', isBad).some((event) => data(event).status === 'down')).toBe(true)
    const busiest = on('agent.infra.sampled', isBad).map((event) => Number(data(event).cpu_utilization))
    expect(Math.max(...busiest)).toBeGreaterThan(0.9)
  })

  it('has two days on which the agents of one team try what is forbidden', () => {
    const guarded = [...ofType('security.event'), ...ofType('security.policy_violation')]
    const ofTeam = guarded.filter((event) => data(event).resource === 'files.unknown-host.xyz')
    expect(ofTeam.length).toBeGreaterThan(60)
    expect(ofTeam.length).toBeGreaterThan(guarded.length / 3)
    expect(count(ofTeam.map((event) => data(event).team_id))).toBe(1)
    expect(count(ofTeam.map(({ time }) => time.slice(0, 10)))).toBeLessThanOrEqual(3)
    expect(ofTeam.every((event) => event.data.blocked === true)).toBe(true)
  })

  it('has a team that nearly stops in the last weeks', () => {
    const search = ofType('org.team.changed').find((event) => data(event).name === 'Search')?.subject
    const own = ofType('agent.session.started').filter((event) => data(event).team_id === search)
    const before = own.filter(({ time }) => time < day(25)).length / 5
    const after = own.filter(({ time }) => time >= day(23)).length / 23
    expect(after).toBeLessThan(before / 3)
  })

  it('has agents whose owners left or who have none', () => {
    const left = new Set(
      ofType('org.user.changed')
        .filter((event) => event.data.active === false)
        .map(({ subject }) => subject),
    )
    const owners = new Map(ofType('agent.lifecycle.changed').map((event) => [event.subject, data(event).owner_id]))
    const orphaned = [...owners].filter(([, owner]) => owner === null || left.has(String(owner)))
    expect(orphaned.length).toBeGreaterThanOrEqual(3)
    expect(orphaned.length).toBeLessThan(owners.size / 2)
    const changes = ofType('agent.lifecycle.changed').filter((event) => data(event).change === 'owner')
    expect(changes.length / owners.size).toBeGreaterThan(1.5)
  })

  it('spends more in one division than its budget of the month', () => {
    const teams = new Map(ofType('org.team.changed').map((event) => [event.subject, data(event).org_unit_id]))
    const units = new Map(ofType('org.unit.changed').map((event) => [event.subject, data(event)]))
    const divisionOf = new Map(
      ofType('agent.session.started').map((event) => {
        const department = teams.get(String(data(event).team_id))
        return [event.subject, units.get(String(department))?.parent_id]
      }),
    )
    const budgets = ofType('budget.set').map(data)
    const february = (unit: string) =>
      budgets.find(({ scope_id, period_start }) => scope_id === unit && period_start === '2026-02-01')?.amount
    const spent = (unit: string) =>
      ofType('agent.cost.recorded')
        .filter(({ time, subject }) => time.startsWith('2026-02') && divisionOf.get(subject) === unit)
        .reduce((sum, event) => sum + Number(data(event).amount ?? 0), 0)
    const over = [...units.keys()].filter((unit) => spent(unit) * (28 / 20) > 1.25 * Number(february(unit) ?? Infinity))
    expect(over.map((unit) => units.get(unit)?.name)).toEqual(['Data and AI'])
    expect(new Set(budgets.map(({ scope }) => scope))).toEqual(new Set(['org', 'org_unit', 'team']))
  })

  it('goes over thirteen months: people take agents up, one model follows another, controls get better but for a dip', () => {
    const small = DEFAULT_ORGANISATIONS.slice(0, 1).map((plan) => ({ ...plan, users: 60, repositories: 10 }))
    const months = new Map<string, { sessions: number; models: Set<unknown>; scores: number[]; weekend: number }>()
    for (const event of generateEvents({ until: UNTIL, organisations: small })) {
      const name = event.time.slice(0, 7)
      const month = months.get(name) ?? { sessions: 0, models: new Set(), scores: [], weekend: 0 }
      months.set(name, month)
      if (event.type === 'agent.session.started') {
        month.sessions += 1
        month.models.add(data(event).model)
        if ([0, 6].includes(new Date(event.time).getUTCDay())) month.weekend += 1
      }
      if (event.type === 'compliance.control.assessed') month.scores.push(Number(data(event).score))
    }
    const told = [...months.values()].filter(({ sessions }) => sessions > 0)
    expect(told.length).toBeGreaterThanOrEqual(13)
    const [second] = told.slice(1)
    const last = told.at(-2)
    expect(last?.sessions).toBeGreaterThan(3 * (second?.sessions ?? 0))
    expect(second?.models.has('claude-sonnet-4-6')).toBe(false)
    expect(last?.models.has('claude-sonnet-4-5')).toBe(false)
    const weekend = told.reduce((sum, month) => sum + month.weekend, 0)
    expect(weekend / told.reduce((sum, month) => sum + month.sessions, 0)).toBeLessThan(0.08)
    const means = told.map(({ scores }) => scores.reduce((sum, score) => sum + score, 0) / scores.length)
    expect(means.at(-1)).toBeGreaterThan((means[0] ?? 1) + 0.1)
    expect(means.slice(1).some((mean, index) => mean < (means[index] ?? 0) - 0.02)).toBe(true)
  })
})

describe('demo events of now', () => {
  it('follow on those of before without a gap and without a repetition', () => {
    const since = new Date('2026-03-10T12:00:00Z')
    const before = [...generateEvents({ until: since, days: 20 })].map(({ orgid, id }) => `${orgid} ${id}`)
    const live = generateLive({ until: since, days: 20, since, liveFrom: UNTIL })
    const after: string[] = []
    for (const { orgid, id, receivedtime } of live) {
      if (receivedtime > UNTIL.toISOString()) break
      after.push(`${orgid} ${id}`)
    }
    const all = [...generateEvents({ until: UNTIL, days: 20 })].map(({ orgid, id }) => `${orgid} ${id}`)
    expect(after.length).toBeGreaterThan(200)
    expect([...before, ...after].sort()).toEqual(all.sort())
  })

  it('look at the platform every minute from when they are live', () => {
    const times: string[] = []
    for (const { type, subject, time } of generateLive({ until: UNTIL, days: 2, since: UNTIL, liveFrom: UNTIL })) {
      if (time > '2026-03-10T15:10:00') break
      if (type === 'agent.infra.sampled' && subject === 'pool-us-east') times.push(time)
    }
    expect(times.length).toBeGreaterThanOrEqual(9)
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
