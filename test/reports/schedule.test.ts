import { afterEach, describe, expect, it } from 'vitest'
import { comparedWith, periodOf } from '../../runtime/reports/content/period.ts'
import { lastOccurrence, nextOccurrence } from '../../runtime/reports/schedule/occurrences.ts'
import { openStore } from '../../runtime/store/index.ts'
import { virtualClock } from '../channels/delivering.ts'
import { postgresDatabase } from '../support/postgres.ts'
import { reportsOver } from './reporting.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const item of open.splice(0).reverse()) await item.close()
})

describe('times of a schedule', () => {
  const berlin = { cron: '30 2 * * *', timezone: 'Europe/Berlin' }

  it('are local times, on both sides of the change of the clocks', () => {
    expect(lastOccurrence(berlin, new Date('2026-03-28T12:00:00Z'))).toEqual(new Date('2026-03-28T01:30:00Z'))
    expect(lastOccurrence(berlin, new Date('2026-03-30T12:00:00Z'))).toEqual(new Date('2026-03-30T00:30:00Z'))
  })

  it('come once on a day that has the hour twice, and once on the day that has none', () => {
    const on = (from: string, to: string) => {
      const times: string[] = []
      let at = nextOccurrence(berlin, new Date(from))
      while (at !== null && at < new Date(to)) {
        times.push(at.toISOString())
        at = nextOccurrence(berlin, at)
      }
      return times
    }
    expect(on('2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z')).toHaveLength(1)
    expect(on('2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z')).toHaveLength(1)
  })

  it('count the very instant', () => {
    const at = new Date('2026-03-02T08:00:00Z')
    expect(lastOccurrence({ cron: '0 8 * * 1', timezone: 'UTC' }, at)).toEqual(at)
    expect(lastOccurrence({ cron: '0 8 * * 1', timezone: 'UTC' }, new Date(at.getTime() - 1))).toEqual(
      new Date('2026-02-23T08:00:00Z'),
    )
  })
})

describe('the period of a report', () => {
  it.each([
    ['yesterday', '2026-03-02', '2026-03-01', '2026-03-01'],
    ['last_week', '2026-03-04', '2026-02-23', '2026-03-01'],
    ['last_month', '2026-03-31', '2026-02-01', '2026-02-28'],
    ['last_quarter', '2026-02-10', '2025-10-01', '2025-12-31'],
    ['7d', '2026-03-02', '2026-02-23', '2026-03-01'],
    ['12m', '2026-03-02', '2025-03-02', '2026-03-01'],
  ] as const)('%s on %s is %s to %s', (range, today, from, to) => {
    expect(periodOf(range, today, 'monday')).toEqual({ from, to })
  })

  it('is compared with whole months where it is months, and with as many days otherwise', () => {
    expect(comparedWith({ from: '2026-03-01', to: '2026-03-31' }, 'previous_period')).toEqual({
      from: '2026-02-01',
      to: '2026-02-28',
    })
    expect(comparedWith({ from: '2026-01-01', to: '2026-03-31' }, 'previous_period')).toEqual({
      from: '2025-10-01',
      to: '2025-12-31',
    })
    expect(comparedWith({ from: '2026-03-02', to: '2026-03-08' }, 'previous_period')).toEqual({
      from: '2026-02-23',
      to: '2026-03-01',
    })
    expect(comparedWith({ from: '2024-02-29', to: '2024-02-29' }, 'previous_year')).toEqual({
      from: '2023-02-28',
      to: '2023-02-28',
    })
  })
})

describe('scheduled reports', () => {
  const weekly = { name: 'weekly', schedule: '0 8 * * 1' }

  it('are sent to each tenant once, at their time', async () => {
    const clock = virtualClock('2026-02-28T12:00:00Z')
    const { reports, sent, store } = await reportsOver([weekly], { now: clock.now })
    open.push(store)
    for (let hour = 0; hour < 4 * 24; hour += 4) {
      await reports.tick()
      clock.forward(4 * HOUR)
    }
    expect(await sent()).toEqual([
      'acme report:weekly:2026-03-02T08:00:00.000Z:',
      'globex report:weekly:2026-03-02T08:00:00.000Z:',
    ])
    expect((await reports.list('acme'))[0]).toMatchObject({
      next: new Date('2026-03-09T08:00:00Z'),
      last: { state: 'done', messages: 1 },
    })
  })

  it('are caught up with once after a downtime: the last one that was missed', async () => {
    const clock = virtualClock('2026-03-01T12:00:00Z')
    const { reports, sent, store } = await reportsOver([weekly], { now: clock.now })
    open.push(store)
    await reports.tick()
    clock.forward(30 * DAY)
    await reports.tick()
    await reports.tick()
    expect(await sent()).toEqual([
      'acme report:weekly:2026-03-30T08:00:00.000Z:',
      'globex report:weekly:2026-03-30T08:00:00.000Z:',
    ])
  })

  it('begin with their first time after they were declared or changed, not with one before', async () => {
    const clock = virtualClock('2026-03-04T12:00:00Z')
    const { reports, sent, store } = await reportsOver([weekly], { now: clock.now })
    open.push(store)
    await reports.tick()
    const changed = await reportsOver([{ ...weekly, schedule: '0 9 * * 3' }], { now: clock.now, store })
    await changed.reports.tick()
    clock.forward(HOUR)
    await changed.reports.tick()
    expect(await sent()).toEqual([])
    clock.forward(7 * DAY)
    await changed.reports.tick()
    expect(await sent()).toHaveLength(2)
  })

  it('are left out where the tenant switched them off, and still sent when somebody asks', async () => {
    const clock = virtualClock('2026-03-01T12:00:00Z')
    const { reports, sent, store } = await reportsOver([weekly], { now: clock.now })
    open.push(store)
    await reports.configure('weekly', 'acme', { enabled: false }, 'mia')
    await reports.tick()
    clock.forward(DAY)
    await reports.tick()
    expect(await sent()).toEqual(['globex report:weekly:2026-03-02T08:00:00.000Z:'])
    expect((await reports.list('acme'))[0]).toMatchObject({ enabled: false, next: null })
    expect(await reports.send('weekly', 'acme', 'mia')).toMatchObject({ state: 'done', by: 'mia', messages: 1 })
    expect(await sent()).toHaveLength(2)
  })

  it('are tried again where they fail, and then say why', async () => {
    const clock = virtualClock('2026-03-01T12:00:00Z')
    const troubles: string[] = []
    const { reports, sent, store } = await reportsOver([weekly], {
      now: clock.now,
      tenants: async () => ['acme'],
      contextOf: async () => {
        throw new Error('the warehouse is away')
      },
      onTrouble: (error) => void troubles.push(String(error)),
    })
    open.push(store)
    await reports.tick()
    clock.forward(DAY)
    for (let minute = 0; minute < 10; minute += 1) {
      await reports.tick()
      clock.forward(60_000)
    }
    expect(await sent()).toEqual([])
    expect((await reports.runs('weekly', 'acme')).runs[0]).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('the warehouse is away'),
    })
    expect(troubles.at(-1)).toContain('The report weekly was not sent')
  })

  it('are sent once by several instances on one store', async ({ skip }) => {
    const url = await postgresDatabase()
    if (url === null) return skip()
    const clock = virtualClock('2026-03-01T12:00:00Z')
    const stores = [await openStore({ url }), await openStore({ url }), await openStore({ url })]
    open.push(...stores)
    const all = await Promise.all(stores.map((store) => reportsOver([weekly], { store, now: clock.now })))
    for (let day = 0; day < 15; day += 1) {
      await Promise.all(all.map(({ reports }) => reports.tick()))
      clock.forward(DAY)
    }
    const sent = (await all[0]?.sent()) ?? []
    expect(sent).toHaveLength(4)
    expect(new Set(sent).size).toBe(4)
    const { runs = [] } = (await all[0]?.reports.runs('weekly', undefined)) ?? {}
    expect(runs.map(({ messages }) => messages)).toEqual([1, 1, 1, 1])
  })
})
