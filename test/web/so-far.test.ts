import { expect, test } from 'vitest'
import type { TimeSeries } from '../../web/charts/series.ts'
import { soFar } from '../../web/widgets/so-far.ts'

const NOW = '2026-03-03T08:00:00'

const trendOf = (values: readonly (number | null)[], grain: TimeSeries['grain'] = 'day'): TimeSeries => ({
  grain,
  buckets: ['2026-03-01', '2026-03-02', '2026-03-03'].slice(-values.length),
  series: [
    { key: 'daily_active_users', label: 'Daily active users', color: '#000', format: { type: 'number' }, values },
  ],
  hidden: 0,
})

test('a value of the day that is not over is told with that of the day before', () => {
  expect(soFar(trendOf([90, 105, 1]), 1, NOW)).toEqual({ now: 'today', previously: 'yesterday', before: 105 })
  expect(soFar(trendOf([90, 105, 0]), 0, NOW)).toMatchObject({ before: 105 })
})

test.each([
  ['a total of all days', trendOf([90, 105, 1]), 196, NOW],
  ['a day that is over', trendOf([90, 105, 1]), 1, '2026-03-04T00:00:00'],
  ['nothing to compare with', trendOf([1]), 1, NOW],
  ['no value before', trendOf([null, 1]), 1, NOW],
  ['no value', trendOf([90, 105, null]), null, NOW],
] as const)('nothing is told of %s', (_, trend, value, now) => {
  expect(soFar(trend, value, now)).toBeNull()
})
