import { expect, test } from 'vitest'
import { type SeriesPoint, scoreSeries } from '../../runtime/alerts/index.ts'
import { labelledSeries } from './labelled-series.ts'
import { nabScore, trailingZScores } from './nab-score.ts'

async function* each<T>(items: readonly T[]) {
  yield* items
}

async function scoresOf(points: readonly SeriesPoint[]): Promise<readonly number[]> {
  const scores: number[] = []
  for await (const { score } of scoreSeries(each(points), { disordered: 0, missing: 0 })) scores.push(score)
  return scores
}

test('the detector beats a trailing z-score clearly on labelled series', async () => {
  const all = labelledSeries()
  const ours = await Promise.all(all.map(async ({ points, windows }) => ({ scores: await scoresOf(points), windows })))
  const naive = all.map(({ points, windows }) => ({
    scores: trailingZScores(points.map(({ number }) => number ?? 0)),
    windows,
  }))
  const [mine, other] = [nabScore(ours), nabScore(naive)]
  expect(mine.score).toBeGreaterThan(75)
  expect(mine.score).toBeGreaterThan(other.score + 40)
})

test('a score depends on no later point', async () => {
  const [series] = labelledSeries()
  const points = series?.points ?? []
  const whole = await scoresOf(points.slice(0, 1500))
  for (const length of [40, 200, 777, 1200]) {
    const part = await scoresOf(points.slice(0, length))
    expect(part).toEqual(whole.slice(0, length))
  }
})

test('scores lie between 0 and 1, also where nothing varies, everything is missing or one point is enormous', async () => {
  const at = (index: number, number: number | null): SeriesPoint => ({
    timestamp: '',
    value: '',
    time: index * 60_000,
    number,
  })
  const shapes: readonly ((index: number) => number | null)[] = [
    () => 5,
    () => 0,
    () => null,
    (index) => (index === 500 ? 1e300 : index % 7),
    (index) => (index % 2 === 0 ? null : index),
  ]
  for (const shape of shapes) {
    const scores = await scoresOf(Array.from({ length: 800 }, (_, index) => at(index, shape(index))))
    expect(scores).toHaveLength(800)
    expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true)
  }
  expect(Math.max(...(await scoresOf(Array.from({ length: 800 }, (_, index) => at(index, 5)))))).toBeLessThan(0.5)
})

test('an episode is told once: what follows an alarm is muted', async () => {
  const spiky = labelledSeries().find(({ name }) => name === 'noise, level shift')
  const scores = await scoresOf(spiky?.points ?? [])
  const alarms = scores
    .map((score, index) => ({ score, index }))
    .filter(({ index, score }) => index > 600 && score > 0.8)
  expect(alarms[0]?.index).toBeGreaterThanOrEqual(2700)
  expect(alarms[0]?.index).toBeLessThan(2715)
  expect(alarms.length).toBeLessThan(25)
})
