import { expect, test } from 'vitest'
import { incidents } from '../../models/demo/core/incidents.ts'
import { createStory } from '../../models/demo/core/story.ts'
import { DEFAULT_ORGANISATIONS, generateEvents } from '../../models/demo/index.ts'
import { type SeriesPoint, scoreSeries } from '../../runtime/alerts/index.ts'
import { nabScore, trailingZScores } from './nab-score.ts'

const HOUR = 3_600_000
const UNTIL = new Date('2026-11-20T12:00:00Z')
const DAYS = 220

test('the detector finds both incidents in the failures of the demo, sooner than a trailing z-score', async () => {
  const { first, values } = failuresByHour()
  const windows = incidents(createStory(1, UNTIL.getTime(), DAYS)).map(
    ({ from, to }) => [from / HOUR - first, to / HOUR - first] as const,
  )
  const ours = nabScore([{ scores: await scoresOf(first, values), windows }])
  const naive = nabScore([{ scores: trailingZScores(values), windows }])
  expect(windows).toHaveLength(2)
  expect(ours.score).toBeGreaterThan(97)
  expect(ours.score).toBeGreaterThan(naive.score + 3)
})

/** Sessions of the first organisation that failed in each hour. */
function failuresByHour(): { readonly first: number; readonly values: readonly number[] } {
  const counts = new Map<number, number>()
  for (const { data, time, type } of generateEvents({
    days: DAYS,
    until: UNTIL,
    organisations: DEFAULT_ORGANISATIONS.slice(0, 1),
  })) {
    if (type !== 'agent.session.ended' || (data as { status?: string }).status !== 'failed') continue
    const hour = Math.floor(Date.parse(time) / HOUR)
    counts.set(hour, (counts.get(hour) ?? 0) + 1)
  }
  const first = Math.min(...counts.keys())
  const last = Math.floor(UNTIL.getTime() / HOUR)
  return { first, values: Array.from({ length: last - first }, (_, at) => counts.get(first + at) ?? 0) }
}

async function scoresOf(first: number, values: readonly number[]): Promise<readonly number[]> {
  const points = values.map(
    (number, at): SeriesPoint => ({
      timestamp: '',
      value: '',
      time: (first + at) * HOUR,
      number,
    }),
  )
  const scores: number[] = []
  for await (const { score } of scoreSeries(each(points), { disordered: 0, missing: 0 })) scores.push(score)
  return scores
}

async function* each<T>(items: readonly T[]) {
  yield* items
}
