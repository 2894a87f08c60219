import { afterEach, describe, expect, it } from 'vitest'
import { readSent } from '../../runtime/channels/index.ts'
import { readAudit } from '../../runtime/store/index.ts'
import { virtualClock } from '../channels/delivering.ts'
import { reportsOver } from './reporting.ts'

const DAY = 86_400_000
const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const item of open.splice(0).reverse()) await item.close()
})

const CHANNELS = [
  { name: 'inbox', type: 'in_app' },
  { name: 'leads', type: 'email', to: ['leads@example.org'] },
] as const

/** A weekly report that was sent on 2 March, and a clock that is three weeks further; what is asked answers 42 once. */
async function sentOnce() {
  const clock = virtualClock('2026-03-01T12:00:00Z')
  const asked: string[] = []
  const { reports, store } = await reportsOver(
    [{ name: 'weekly', schedule: '0 8 * * 1', notify: ['inbox', 'leads'] }],
    {
      now: clock.now,
      channels: CHANNELS,
      tenants: async () => ['acme'],
      onQuery: (query) => void asked.push(`${query.from} to ${query.to}`),
    },
  )
  open.push(store)
  await reports.tick()
  clock.forward(DAY)
  await reports.tick()
  clock.forward(DAY)
  const [run] = (await reports.runs('weekly', 'acme')).runs
  return { clock, store, reports, asked, run: run?.id ?? '' }
}

describe('a report that was sent', () => {
  it('is in the history with its period, its receivers and what became of its messages', async () => {
    const { reports } = await sentOnce()
    expect((await reports.runs(undefined, 'acme')).runs).toMatchObject([
      {
        report: 'weekly',
        at: new Date('2026-03-02T08:00:00Z'),
        by: null,
        state: 'done',
        messages: 2,
        sent_to: ['inbox', 'leads@example.org'],
        deliveries: { delivered: 0, waiting: 2, dead: 0 },
      },
    ])
    expect(await reports.runs(undefined, 'globex')).toEqual({ runs: [], next: null })
  })

  it('is found however many were sent since, a page after the other', async () => {
    const { reports, run } = await sentOnce()
    for (let count = 0; count < 4; count += 1) await reports.resend(run, 'acme', 'mia')
    const found: string[] = []
    let before: string | undefined
    do {
      const page = await reports.runs('weekly', 'acme', { limit: 2, before })
      expect(page.runs.length).toBeLessThanOrEqual(2)
      found.push(...page.runs.map(({ id }) => id))
      before = page.next ?? undefined
    } while (before !== undefined)
    expect(found).toHaveLength(5)
    expect(found.at(-1)).toBe(run)
  })

  it('is sent again as it was, without asking the warehouse anew', async () => {
    const { asked, clock, reports, run, store } = await sentOnce()
    const before = asked.length
    const again = await reports.resend(run, 'acme', 'mia')
    expect(again).toMatchObject({
      ...{ state: 'done', by: 'mia', again_of: run, messages: 2, at: new Date('2026-03-02T08:00:00Z') },
      sent_to: ['inbox', 'leads@example.org'],
    })
    expect(asked).toHaveLength(before)
    const [first, second] = [await readSent(store.db, 'acme', 'report:weekly:2026'), await messagesOf(store, again)]
    expect(second.map(({ html, text }) => ({ html, text }))).toEqual(first.map(({ html, text }) => ({ html, text })))
    expect(second.map(({ at }) => at)).toEqual([clock.now(), clock.now()])
    expect(new Set([...first, ...second].map(({ key }) => key)).size).toBe(2)
  })

  it('goes by mail alone to addresses that are given', async () => {
    const { reports, run, store } = await sentOnce()
    const again = await reports.resend(run, 'acme', 'mia', ['cfo@example.org', 'coo@example.org'])
    expect(again).toMatchObject({ messages: 1, sent_to: ['cfo@example.org', 'coo@example.org'] })
    expect(await messagesOf(store, again)).toMatchObject([
      { channel: 'leads', to: ['cfo@example.org', 'coo@example.org'], html: expect.stringContaining('42') },
    ])
    const third = await reports.resend(again.id, 'acme', 'mia')
    expect(third).toMatchObject({ again_of: again.id, sent_to: ['cfo@example.org', 'coo@example.org'] })
    const noted = await readAudit(store.db, 'acme', 10)
    expect(noted.map(({ action, actor, subject }) => `${actor} ${action} ${subject}`)).toEqual([
      'mia report.resent weekly',
      'mia report.resent weekly',
    ])
  })

  it('is made anew for the same period where its messages are gone', async () => {
    const { asked, reports, run, store } = await sentOnce()
    const periods = new Set(asked)
    await store.db.deleteFrom('deliveries').execute()
    asked.length = 0
    expect(await reports.resend(run, 'acme', 'mia')).toMatchObject({ state: 'done', messages: 2 })
    expect(new Set(asked)).toEqual(periods)
    expect(periods.size).toBeGreaterThan(0)
  })

  it('is nothing that another tenant can see or send again', async () => {
    const { reports, run } = await sentOnce()
    await expect(reports.resend(run, 'globex', 'eve')).rejects.toThrow(`There is no run ${run}`)
    await expect(reports.resend('1 or 1', 'acme', 'mia')).rejects.toThrow('There is no run')
  })

  it('cannot be sent again while it is being made', async () => {
    const { reports, run, store } = await sentOnce()
    await store.db.updateTable('report_runs').set({ state: 'pending' }).where('id', '=', run).execute()
    await expect(reports.resend(run, 'acme', 'mia')).rejects.toThrow('still being made')
  })
})

const messagesOf = async (store: Awaited<ReturnType<typeof sentOnce>>['store'], run: { readonly occurrence: string }) =>
  readSent(store.db, 'acme', `report:weekly:${run.occurrence}:`)
