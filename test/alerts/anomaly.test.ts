import { expect, test } from 'vitest'
import { anomalyCheck } from '../../runtime/alerts/checks/anomaly.ts'
import type { Setting } from '../../runtime/alerts/checks/check.ts'

const HOUR = 3_600_000
const FIRST = Date.parse('2026-03-02T00:00:00Z')
const ERRORS = { name: 'errors', label: 'Errors', type: 'simple', agg: 'count', format: { type: 'number' } }
const check = anomalyCheck(
  {
    metric: ERRORS as unknown as Setting['metric'],
    by: [],
    where: undefined,
    clock: { timezone: 'UTC', weekStart: 'monday' },
    delay: 0,
  },
  { grain: 'hour', sensitivity: 'medium', direction: 'up', history: '6 weeks' },
)

test('an incident is unusual in every hour that it lasts, and in none after', () => {
  const incident = Array.from({ length: 8 }, () => 25)
  const values = [...usual(600), ...incident, ...usual(6)]
  const found = verdicts(values).map(({ outcome }) => outcome.kind)
  expect(found.slice(0, 600)).not.toContain('met')
  expect(found.slice(600, 608)).toEqual(incident.map(() => 'met'))
  expect(found.slice(608)).not.toContain('met')
})

test('the message names when it began, and what was expected', () => {
  const [last] = verdicts([...usual(600), 25, 26, 24]).slice(-1)
  expect(last?.detail.text).toMatch(
    /^Errors was 24 in the hour from 2026-03-27 02:00; expected were 0 to 1\d(\.\d+)?\. It is unusual since the hour from 2026-03-27 00:00\.$/,
  )
})

test('what stays for two days is usual from then on', () => {
  const found = verdicts([...usual(600), ...Array.from({ length: 60 }, () => 25)]).map(({ outcome }) => outcome.kind)
  expect(found.slice(600, 630)).not.toContain('not_met')
  expect(found.slice(640)).not.toContain('met')
})

test('nothing is unusual before enough is known', () => {
  const [last] = verdicts([...usual(20), 300]).slice(-1)
  expect(last?.outcome.kind).toBe('not_met')
  expect(last?.detail.text).toContain('48 hours must be known before it can be called unusual')
})

/** Counts from 2 to 8, the same on every run. */
const usual = (count: number) => Array.from({ length: count }, (_, at) => 2 + (((at * 7919) % 104729) % 7))

function verdicts(values: readonly number[]) {
  const rows = values.map((value, at) => ({ time: timeOf(at), errors: value }))
  return rows.flatMap((_, at) => check.judge(rows.slice(0, at + 1), FIRST + (at + 1) * HOUR).slice(0, 1))
}

const timeOf = (at: number) => new Date(FIRST + at * HOUR).toISOString().slice(0, 19)
