import { describe, expect, test } from 'vitest'
import { referenceValues, timeSeries } from '../../web/charts/series.ts'
import { niceTicks } from '../../web/charts/ticks.ts'
import { addMonths, bucketsOf, endOf, startDay } from '../../web/format/calendar.ts'
import { longTime, shortTime } from '../../web/format/time.ts'
import { formatChange, formatValue } from '../../web/format/value.ts'
import { comparedRange, rangeOf } from '../../web/queries/date-range.ts'
import { readState, searchOf } from '../../web/queries/page-state.ts'
import type { DashboardInfo, MetricInfo, Project, WidgetInfo } from '../../web/queries/project.ts'
import { widgetQueries } from '../../web/queries/widget-queries.ts'
import { colorsOf } from '../../web/theme/series-color.ts'

const metric = (name: string, more: Partial<MetricInfo> = {}): MetricInfo => ({
  name,
  label: name,
  description: '',
  category: null,
  format: { type: 'number' },
  direction: 'up',
  thresholds: null,
  additive: true,
  timed: true,
  dimensions: [],
  models: [],
  filter: null,
  ...more,
})
const dashboard = {
  name: 'd',
  range: '30d',
  compare: 'previous_period',
  filters: [] as const,
} as unknown as DashboardInfo
const project = {
  today: '2026-03-31',
  weekStart: 'monday',
  metrics: [metric('n')],
  globalFilters: [],
  dimensions: [],
  models: [],
} as unknown as Project

describe('values', () => {
  test.each([
    [0, { type: 'number' }, '0'],
    [9999, { type: 'number' }, '9,999'],
    [12_345, { type: 'number' }, '12.3K'],
    [1_234_567, { type: 'number' }, '1.23M'],
    [5.4321, { type: 'number' }, '5.43'],
    [null, { type: 'currency' }, '—'],
    [Number.NaN, { type: 'number' }, '—'],
    [0.123456, { type: 'percent' }, '12.3%'],
    [5, { type: 'currency' }, '$5.00'],
    [1234.5, { type: 'currency', currency: 'EUR' }, '€1,235'],
    [0.25, { type: 'duration' }, '250 ms'],
    [95, { type: 'duration' }, '1m 35s'],
    [7200, { type: 'duration' }, '2h'],
    [90, { type: 'duration', unit: 'm' }, '1h 30m'],
    [200_000, { type: 'duration' }, '2d 8h'],
    [1536, { type: 'bytes' }, '1.5 KiB'],
    [7, { type: 'number', unit: 'lines' }, '7 lines'],
  ] as const)('%s as %o is read %s', (value, format, text) => {
    expect(formatValue(value, format)).toBe(text)
  })

  test('tooltips are exact', () => {
    expect(formatValue(12_345.678, { type: 'currency' }, 'exact')).toBe('$12,345.68')
  })

  test('rates change in points, amounts in percent, and nothing is compared with nothing', () => {
    expect(formatChange(0.5, 0.4, { type: 'percent' })).toBe('+10.0 pts')
    expect(formatChange(80, 100, { type: 'number' })).toBe('−20.0%')
    expect(formatChange(5, 0, { type: 'number' })).toBeNull()
    expect(formatChange(2000, 10, { type: 'number' })).toBe('+200×')
  })
})

describe('time', () => {
  test('weeks begin as the project says', () => {
    expect(startDay('week', '2026-03-29', 'monday')).toBe('2026-03-23')
    expect(startDay('week', '2026-03-29', 'sunday')).toBe('2026-03-29')
  })

  test('buckets cover the range, over a change of the clocks and the end of a month', () => {
    expect(bucketsOf('day', '2026-03-07', '2026-03-09', 'monday')).toEqual(['2026-03-07', '2026-03-08', '2026-03-09'])
    expect(bucketsOf('hour', '2026-03-08', '2026-03-08', 'monday')).toHaveLength(24)
    expect(bucketsOf('month', '2026-01-31', '2026-03-01', 'monday')).toEqual(['2026-01-01', '2026-02-01', '2026-03-01'])
    expect(bucketsOf('quarter', '2026-02-01', '2026-07-01', 'monday')).toEqual([
      '2026-01-01',
      '2026-04-01',
      '2026-07-01',
    ])
  })

  test('a month before the 31st is the last day of a shorter one', () => {
    expect(addMonths('2026-03-31', -1)).toBe('2026-02-28')
    expect(addMonths('2024-02-29', -12)).toBe('2023-02-28')
  })

  test('a bucket ends where the next one begins', () => {
    expect(new Date(endOf('month', '2026-02-01')).toISOString()).toBe('2026-03-01T00:00:00.000Z')
  })

  test('labels are the days of the answer, wherever the browser is', () => {
    expect(shortTime('2026-03-01', 'day')).toBe('Mar 1')
    expect(longTime('2026-03-01T05:00:00', 'hour')).toBe('Sun, Mar 1, 05:00')
    expect(shortTime('2026-04-01', 'quarter')).toBe('Q2 2026')
  })

  test('a day that is running is compared with as much of the day before', () => {
    const today = { from: '2026-03-31', to: '2026-03-31' }
    const at = (time: string) => comparedRange(today, 'previous_period', `2026-03-31T${time}`)
    expect(at('10:07:00')).toEqual({ from: '2026-03-30', to: '2026-03-30T10:04:59.999', until: '10:05' })
    expect(at('00:01:00')).toMatchObject({ to: '2026-03-30T00:04:59.999' })
    expect(at('23:59:00')).toMatchObject({ to: '2026-03-30', until: null })
    const month = comparedRange(rangeOf('30d', '2026-03-31'), 'previous_period', '2026-03-31T15:40:00')
    expect(month).toEqual({ from: '2026-01-31', to: '2026-03-01T15:59:59.999', until: '16:00' })
  })

  test('ranges end today, and are compared with as many days before or the same days a year ago', () => {
    const range = rangeOf('30d', '2026-03-31')
    expect(range).toEqual({ from: '2026-03-02', to: '2026-03-31' })
    const later = '2026-04-02T10:00:00'
    const before = { from: '2026-01-31', to: '2026-03-01', until: null }
    expect(comparedRange(range, 'previous_period', later)).toEqual(before)
    expect(comparedRange(range, 'previous_year', later)).toEqual({ from: '2025-03-02', to: '2025-03-31', until: null })
    expect(comparedRange(range, 'none', later)).toBeNull()
    expect(rangeOf('12m', '2026-03-31')).toEqual({ from: '2025-04-01', to: '2026-03-31' })
  })
})

describe('the address', () => {
  test('says only what differs from the page', () => {
    expect(searchOf({ preset: '30d', compare: 'previous_period' }, dashboard)).toBe('')
    expect(searchOf({ preset: '7d', compare: 'none' }, dashboard)).toBe('?range=7d&compare=none')
  })

  test('is read back, and nonsense in it is passed over', () => {
    const range = { from: '2026-01-01', to: '2026-01-31' }
    const search = searchOf({ preset: null, range, compare: 'previous_year' }, dashboard)
    expect(readState(search, dashboard, project)).toEqual({
      preset: null,
      range,
      compare: 'previous_year',
      filters: [],
    })
    const nonsense = readState('?from=2026-02-01&to=2026-01-01&range=9d&compare=x', dashboard, project)
    expect(nonsense).toMatchObject({ preset: '30d', compare: 'previous_period' })
  })
})

describe('series', () => {
  const range = { from: '2026-03-01', to: '2026-03-03' }
  const over = (rows: readonly object[], more: object = {}) =>
    timeSeries({ rows: rows as never, metrics: [metric('n')], by: undefined, grain: 'day', range, project, ...more })

  test('a day without rows is zero for what adds up and unknown for anything else', () => {
    const rows = [{ time: '2026-03-02', n: 5 }]
    expect(over(rows).series[0]?.values).toEqual([0, 5, 0])
    expect(over(rows, { metrics: [metric('n', { additive: false })] }).series[0]?.values).toEqual([null, 5, null])
  })

  test('beyond six parts the rest is Other, where parts add up', () => {
    const rows = Array.from({ length: 9 }, (_, index) => ({ time: '2026-03-01', team: `t${index}`, n: 10 - index }))
    const { series, hidden } = over(rows, { by: 'team' })
    expect(series.map(({ label }) => label)).toEqual(['t0', 't1', 't2', 't3', 't4', 't5', 'Other (3)'])
    expect(series.at(-1)?.values[0]).toBe(4 + 3 + 2)
    expect(hidden).toBe(0)
    const rates = over(rows, { by: 'team', metrics: [metric('n', { additive: false })] })
    expect([rates.series.length, rates.hidden]).toEqual([6, 3])
  })

  test('a value keeps its colour over charts, and no two of one chart share one', () => {
    const first = colorsOf('team', ['a', 'b', 'c', 'd', 'e', 'f'])
    const second = colorsOf('team', ['c', 'g', 'h', 'i'])
    expect(second.get('c')).toBe(first.get('c'))
    expect(new Set(second.values()).size).toBe(4)
  })

  test('reference lines have the value of each bucket', () => {
    expect(referenceValues([{ time: '2026-03-02', goal: 4 }], 'goal', ['2026-03-01', '2026-03-02'])).toEqual([null, 4])
  })

  test('ticks are round numbers that cover the values, and minutes for durations', () => {
    expect(niceTicks(0, 87)).toEqual([0, 25, 50, 75, 100])
    expect(niceTicks(0, 1700, { secondsOf: 1 })).toEqual([0, 600, 1200, 1800])
    expect(niceTicks(0, 0).length).toBeGreaterThan(1)
  })
})

describe('questions of a widget', () => {
  const state = {
    preset: null,
    range: { from: '2026-03-04', to: '2026-03-31' },
    compare: 'previous_period',
    filters: [],
  } as const
  const widget = (definition: object, query: object) =>
    ({ id: 'w', title: '', width: 3, definition, query }) as unknown as WidgetInfo

  test('a figure is asked with its period before and its trend', () => {
    const asked = widgetQueries(
      widget({ type: 'kpi', metric: 'n', sparkline: 'day' }, { metrics: ['n'] }),
      state,
      project,
    )
    expect(asked.queries).toEqual([
      { metrics: ['n'], from: '2026-03-04', to: '2026-03-31' },
      { metrics: ['n'], from: '2026-02-04', to: '2026-03-03' },
      { metrics: ['n'], from: '2026-03-04', to: '2026-03-31', grain: 'day' },
    ])
  })

  test('the first bucket is asked whole', () => {
    const asked = widgetQueries(
      widget({ type: 'line', grain: 'week' }, { metrics: ['n'], grain: 'week' }),
      state,
      project,
    )
    expect(asked.queries).toEqual([{ metrics: ['n'], grain: 'week', from: '2026-03-02', to: '2026-03-31' }])
  })

  test('one day alone is shown by the hour', () => {
    const today = { ...state, range: { from: '2026-03-31', to: '2026-03-31' } }
    expect(
      widgetQueries(widget({ type: 'line', grain: 'day' }, { metrics: ['n'], grain: 'day' }), today, project).grain,
    ).toBe('hour')
  })

  test('a metric without a time is asked without a range', () => {
    const untimed = { ...project, metrics: [metric('n', { timed: false })] }
    const asked = widgetQueries(widget({ type: 'kpi', metric: 'n' }, { metrics: ['n'] }), state, untimed)
    expect(asked.queries).toEqual([{ metrics: ['n'] }])
  })
})
