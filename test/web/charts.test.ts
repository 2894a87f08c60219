import { describe, expect, test } from 'vitest'
import { partsFinding, timeFinding } from '../../web/charts/finding.ts'
import { bandsOf } from '../../web/charts/gauge.tsx'
import { heatmapData } from '../../web/charts/heatmap-data.ts'
import { countryName, findCountry } from '../../web/charts/map/find-country.ts'
import type { Part } from '../../web/charts/part.ts'
import { barParts, donutParts } from '../../web/charts/parts.ts'
import type { Series } from '../../web/charts/series.ts'
import { placeOf } from '../../web/charts/time/place-of.ts'
import { geometry, layersOf, linePath } from '../../web/charts/time-geometry.ts'
import { formatSince } from '../../web/format/since.ts'
import { formatValue } from '../../web/format/value.ts'
import { looksOf, valueText } from '../../web/format/value-looks.ts'
import type { MetricInfo } from '../../web/queries/project.ts'
import { columnsOf, compareValues } from '../../web/tables/columns.ts'
import { toCsv, toNdjson, toSheet } from '../../web/tables/export-answer.ts'
import { colorsOf } from '../../web/theme/series-color.ts'
import { worstFirst } from '../../web/widgets/alert-states.ts'
import { stepOf } from '../../web/widgets/map-steps.ts'
import { moodOf, statusOf } from '../../web/widgets/metrics.ts'
import { narrow } from '../../web/widgets/narrow.ts'
import { shifted } from '../../web/widgets/time-queries.ts'

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
const LEVELS = [
  { name: 'orders.level', type: 'string', values: ['low', 'high'], statuses: { low: 'info', high: 'bad' } },
] as const
const looks = (dimension: string) => looksOf(dimension, { dimensions: LEVELS })
const series = (key: string, values: readonly (number | null)[]): Series => ({
  key,
  label: key,
  color: 'red',
  format: { type: 'number' },
  values,
})

describe('what a chart says', () => {
  const buckets = ['2026-03-01', '2026-03-02', '2026-03-03']

  test('names the way and the peak, and leaves out the day in progress', () => {
    const data = { grain: 'day' as const, buckets, series: [series('Orders', [10, 30, 5])], hidden: 0 }
    expect(timeFinding('Orders a day', data, 2)).toBe(
      'Orders a day from Sun, Mar 1, 2026 to Tue, Mar 3, 2026. Orders rises from 10 to 30, highest 30 on Mon, Mar 2, 2026.',
    )
  })

  test('does not make up figures that are not there', () => {
    const data = { grain: 'day' as const, buckets, series: [series('Orders', [null, null, null])], hidden: 0 }
    expect(timeFinding('Orders a day', data, null)).toContain('Orders: no data.')
    expect(partsFinding('Shares', [], { type: 'number' }, 0)).toBe('Shares: no data.')
  })

  test('names the biggest part with its share', () => {
    const parts = [
      { label: 'a', value: 1 },
      { label: 'b', value: 3 },
    ]
    expect(partsFinding('Shares', parts, { type: 'number' }, 4)).toBe(
      'Shares: b is highest with 3 (75.0%), then a with 1; 2 in all.',
    )
  })
})

describe('geometry', () => {
  const size = { width: 400, height: 200 }

  test('a line has a gap where nothing is known', () => {
    const layers = layersOf([series('a', [1, null, 3, 4])], false)
    const shape = geometry(layers, [], 4, size, { banded: false, fromZero: true })
    expect(linePath(layers[0]?.tops ?? [], shape).match(/M/g)).toHaveLength(2)
  })

  test('a stack stands on the series below it', () => {
    const [, upper] = layersOf([series('a', [1, 2]), series('b', [3, null])], true)
    expect(upper?.bottoms).toEqual([1, 2])
    expect(upper?.tops).toEqual([4, 2])
  })

  test('a reference line above all values is within the chart', () => {
    const layers = layersOf([series('a', [1, 2])], false)
    const shape = geometry(layers, [{ values: [50, 50] }], 2, size, { banded: false, fromZero: true })
    expect(shape.y(50)).toBeGreaterThanOrEqual(0)
    expect(shape.y(50)).toBeLessThan(shape.y(2))
  })

  test('what happened within a week is marked at that week, and not outside of the chart', () => {
    const weeks = ['2026-03-02', '2026-03-09', '2026-03-16']
    expect(placeOf('2026-03-11T12:00:00', weeks)).toBe(1)
    expect(placeOf('2026-03-20', weeks)).toBe(2)
    expect(placeOf('2026-02-01', weeks)).toBeNull()
    expect(placeOf('2026-05-01', weeks)).toBeNull()
  })
})

describe('labels of axes', () => {
  test('leave out the unit, which tooltips and cards say', () => {
    const lines = { type: 'number', unit: 'lines' } as const
    expect(formatValue(20_000, lines, 'axis')).toBe('20K')
    expect(formatValue(20_000, lines)).toBe('20K lines')
  })
})

describe('parts', () => {
  const rows = Array.from({ length: 9 }, (_, index) => ({ product: `p${index}`, n: 10 - index }))

  test('a donut has six and what is left', () => {
    const parts = donutParts(rows, metric('n'), 'product', looks('product'))
    expect(parts.map(({ label }) => label)).toEqual(['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'Other (3)'])
    expect(parts.at(-1)).toMatchObject({ value: 4 + 3 + 2 })
    expect(parts.at(-1)?.raw).toBeUndefined()
  })

  test('bars keep what the answer had, to filter by it', () => {
    const parts = barParts([{ product: null, n: 1 }], metric('n'), 'product', looks('product'))
    expect(parts).toMatchObject([{ label: '(none)', raw: null }])
  })
})

describe('values of dimensions', () => {
  const text = (value: unknown, more: object = {}) => valueText(value, { type: 'string', ...more })

  test('identifiers are put into words, names are left alone', () => {
    const given = ['bug_fix', 'docs', 'web-console', 'GDPR', 'gpt-5.2_mini', '']
    expect(given.map((value) => text(value))).toEqual([
      'Bug fix',
      'docs',
      'web-console',
      'GDPR',
      'gpt-5.2_mini',
      '(none)',
    ])
  })

  test('of what is one of few every value is a word, and labels are taken as they are', () => {
    const more = { labels: { ci: 'CI', nextjs: 'Next.js' } }
    expect(['ci', 'nextjs', 'docs', 'iOS'].map((value) => text(value, more))).toEqual(['CI', 'Next.js', 'Docs', 'iOS'])
    expect(text('agent', { values: ['agent', 'edit'] })).toBe('Agent')
    expect(text('bug_fix', { values: ['bug_fix'], labels: false })).toBe('bug_fix')
  })

  test('what a value means is its colour in every chart; two of one meaning differ', () => {
    const { statusOf, textOf } = looks('level')
    const rows = [
      { level: 'high', n: 9 },
      { level: 'low', n: 2 },
    ]
    const colors = { high: 'var(--status-bad)', low: 'var(--status-info)' }
    const drawn = (parts: readonly Part[]) => Object.fromEntries(parts.map(({ key, color }) => [key, color]))
    expect(drawn(barParts(rows, metric('n'), 'level', looks('level')))).toEqual(colors)
    expect(drawn(donutParts(rows, metric('n'), 'level', looks('level')))).toEqual(colors)
    expect([textOf('high'), statusOf('none')]).toEqual(['High', null])
    const same = colorsOf('state', ['up', 'fine'], () => 'good')
    expect(same.get('up')).toBe('var(--status-good)')
    expect(same.get('fine')).toMatch(/^var\(--series-/)
  })
})

describe('heatmaps', () => {
  const rows = [
    { time: '2026-03-02T09:00:00', n: 2 },
    { time: '2026-03-09T09:00:00', n: 4 },
  ]
  const hours = { rows, metric: 'n', x: 'hour_of_day', y: 'day_of_week', weekStart: 'monday' as const, looks }

  test('amounts of the same hour add up, rates are averaged', () => {
    expect(heatmapData({ ...hours, additive: true }).cells[0]?.[9]).toBe(6)
    expect(heatmapData({ ...hours, additive: false }).cells[0]?.[9]).toBe(3)
  })

  test('weeks begin as the project says', () => {
    expect(heatmapData({ ...hours, additive: true, weekStart: 'sunday' }).rows[0]?.label).toBe('Sun')
  })

  test('what is declared stands in that order and in words, and a mark keeps the value', () => {
    const rows = ['high', 'low', 'in_review', null].map((level, index) => ({ level, b: 'x', n: 9 - index }))
    const grid = heatmapData({ rows, metric: 'n', additive: true, x: 'level', y: 'b', weekStart: 'monday', looks })
    expect(grid.columns).toEqual([
      { key: 'low', label: 'Low' },
      { key: 'high', label: 'High' },
      { key: 'in_review', label: 'In review' },
      { key: '(none)', label: '(none)' },
    ])
    expect(grid.cells).toEqual([[8, 9, 7, 6]])
  })

  test('any two dimensions, the biggest first, and nothing where there is nothing', () => {
    const grid = heatmapData({
      rows: [
        { a: 'x', b: 'one', n: 1 },
        { a: 'y', b: 'two', n: 5 },
      ],
      metric: 'n',
      additive: true,
      x: 'a',
      y: 'b',
      weekStart: 'monday',
      looks,
    })
    const labelsOf = (ticks: typeof grid.rows) => ticks.map(({ label }) => label)
    expect({ ...grid, columns: labelsOf(grid.columns), rows: labelsOf(grid.rows) }).toEqual({
      columns: ['y', 'x'],
      rows: ['two', 'one'],
      cells: [
        [5, null],
        [null, 1],
      ],
    })
  })
})

describe('countries', () => {
  test.each([
    ['DE', '276'],
    ['deu', '276'],
    ['Germany', '276'],
    ['US-CA', '840'],
    ['United States of America', '840'],
    ['uk', '826'],
    ['Türkiye', '792'],
    ['156', '156'],
  ])('%s is found', (text, number) => {
    expect(findCountry(text)?.number).toBe(number)
  })

  test('others are not guessed', () => {
    expect(findCountry('Atlantis')).toBeUndefined()
    expect(findCountry('')).toBeUndefined()
  })

  test('codes are shown as names', () => {
    const country = findCountry('JPN')
    expect(country && countryName(country)).toBe('Japan')
  })

  test('small values can still be told from none', () => {
    expect(stepOf(1, 1_000_000)).toBe(1)
    expect(stepOf(250_000, 1_000_000)).toBe(5)
    expect(stepOf(1_000_000, 1_000_000)).toBe(9)
  })
})

describe('thresholds', () => {
  const rate = metric('r', { thresholds: { good: 0.9, warn: 0.8 } })
  const errors = metric('e', { thresholds: { good: 0.05, warn: 0.1 }, direction: 'down' })

  test.each([
    [0.9, rate, 'good'],
    [0.85, rate, 'warn'],
    [0.5, rate, 'bad'],
    [0.05, errors, 'good'],
    [0.07, errors, 'warn'],
    [0.2, errors, 'bad'],
  ] as const)('%s of %o is %s', (value, of, status) => {
    expect(statusOf(value, of)).toBe(status)
  })

  test('without a value, thresholds or direction there is no status', () => {
    expect(statusOf(null, rate)).toBeNull()
    expect(statusOf(1, metric('n'))).toBeNull()
    expect(statusOf(1, { ...rate, direction: 'neutral' })).toBeNull()
  })

  test('fewer errors are good', () => {
    expect(moodOf(-1, errors)).toBe('good')
    expect(moodOf(-1, rate)).toBe('bad')
    expect(moodOf(3, metric('n', { direction: 'neutral' }))).toBe('neutral')
  })

  test('bands of a gauge lie as the direction says', () => {
    expect(bandsOf(errors.thresholds, 'down', 0, 1).map(({ status }) => status)).toEqual(['good', 'warn', 'bad'])
    expect(bandsOf({ good: 1.2, warn: 0.8 }, 'up', 0, 1).map(({ status }) => status)).toEqual(
      ['bad', 'warn', 'good'].slice(0, 2),
    )
  })
})

describe('earlier times', () => {
  test.each([
    ['2026-03-01', '2026-03-30', 'previous_period', 'day', '2026-01-25', '2026-02-23'],
    ['2026-03-02', '2026-03-08', 'previous_period', 'day', '2026-02-23', '2026-03-01'],
    ['2026-03-05', '2026-03-05', 'previous_period', 'hour', '2026-03-04', '2026-03-04'],
    ['2026-03-01', '2026-03-30', 'previous_year', 'day', '2025-03-02', '2025-03-31'],
    ['2026-01-01', '2026-03-31', 'previous_period', 'month', '2025-10-01', '2025-12-31'],
    ['2026-01-01', '2026-03-31', 'previous_year', 'month', '2025-01-01', '2025-03-31'],
  ] as const)('%s to %s, %s by %s, is laid over %s to %s', (from, to, compare, grain, earlier, until) => {
    const range = shifted({ from, to }, compare, grain)
    expect(range).toEqual({ from: earlier, to: until })
    if (grain === 'day') expect(new Date(range.from).getUTCDay()).toBe(new Date(from).getUTCDay())
  })
})

describe('narrowing a query', () => {
  test('values are quoted, and none is none', () => {
    const values = [
      { dimension: 'city', value: "L'Aquila" },
      { dimension: 'team', value: null },
      { dimension: 'size', value: 3 },
    ]
    expect(narrow({ metrics: ['n'], where: "{a} = 'b' or {c} = 'd'" }, values).where).toBe(
      "({a} = 'b' or {c} = 'd') and ({city} = 'L''Aquila') and ({team} is null) and ({size} = 3)",
    )
  })
})

describe('tables', () => {
  const project = {
    timezone: 'Europe/Berlin',
    dimensions: [{ name: 'orders.placed_at', label: 'Placed at', description: '', type: 'time' }],
  }
  const rows = [
    { placed_at: '2026-01-01T10:00:00.000', note: '=cmd()', rate: 0.5 },
    { placed_at: '2026-07-01T00:00:00.000', note: 'a "b", c', rate: null },
  ]
  const columns = columnsOf(rows, [metric('rate', { format: { type: 'percent' }, label: 'Rate' })], project, null)

  test('instants are told by the clock of the project, days stay days', () => {
    expect(columns[0]?.text('2026-01-01T10:00:00.000')).toBe('2026-01-01 11:00:00')
    expect(columns[0]?.text('2026-07-01T00:00:00.000')).toBe('2026-07-01')
  })

  test('CSV is quoted, nothing in it can run, and raw values are the values', () => {
    expect(toCsv(rows, columns, false)).toBe(
      '\uFEFFplaced_at,note,rate\r\n2026-01-01T10:00:00.000,\'=cmd(),0.5\r\n2026-07-01T00:00:00.000,"a ""b"", c",\r\n',
    )
  })

  test('formatted values are as people read them', () => {
    expect(toCsv(rows, columns, true)).toContain('Placed at,note,Rate\r\n')
    expect(toNdjson(rows, columns, true).split('\n')[0]).toContain('"rate":"50.0%"')
    expect(JSON.parse(toNdjson(rows, columns, false).split('\n')[1] ?? '')).toMatchObject({ rate: null })
  })

  test('sheets keep numbers as numbers', () => {
    expect(toSheet(rows, columns, false)[1]?.[2]).toEqual({ value: 0.5 })
    expect(toSheet(rows, columns, false)[2]?.[2]).toBeNull()
  })

  test('numbers within texts are sorted as numbers', () => {
    expect(['v10', 'v9'].sort(compareValues)).toEqual(['v9', 'v10'])
    expect(compareValues(10, 9)).toBeGreaterThan(0)
  })
})

describe('alerts', () => {
  const alert = (name: string, state: 'normal' | 'firing', severity: 'critical' | 'info') => ({ name, state, severity })
  const all = [alert('a', 'normal', 'critical'), alert('b', 'firing', 'info'), alert('c', 'firing', 'critical')]

  test('the worst come first', () => {
    expect(worstFirst(all, {}).map(({ name }) => name)).toEqual(['c', 'b', 'a'])
  })

  test('a widget shows those it names, or those that are so bad', () => {
    expect(worstFirst(all, { alerts: ['a'] })).toHaveLength(1)
    expect(worstFirst(all, { severities: ['info'] }).map(({ name }) => name)).toEqual(['b'])
  })

  test('times since are short', () => {
    const now = Date.parse('2026-03-01T12:00:00Z')
    expect(formatSince('2026-03-01T11:59:30Z', now)).toBe('30 s')
    expect(formatSince('2026-03-01T09:00:00Z', now)).toBe('3 h')
    expect(formatSince('2026-02-20T12:00:00Z', now)).toBe('9 d')
  })
})
