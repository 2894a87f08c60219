import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Widget } from '../../runtime/definitions/index.ts'
import { chartRefusal, suggestedType, writtenName } from '../../web/explorer/chart-fit.ts'
import { readConditions } from '../../web/explorer/conditions.ts'
import { asType, definitionOf, missingIn, readForm, type WidgetType } from '../../web/explorer/widget-form.ts'
import type { Project } from '../../web/queries/project.ts'

const DASHBOARDS = join(import.meta.dirname, '../../dashboards')

interface File {
  readonly dashboards?: readonly { readonly rows: readonly { readonly widgets: readonly Widget[] }[] }[]
}

const metric = (name: string, more: object = {}) => ({
  name,
  label: name,
  additive: true,
  timed: true,
  thresholds: null,
  format: { type: 'number' },
  dimensions: ['orders.team', 'orders.country', 'people.team'],
  ...more,
})
const project = {
  metrics: [
    metric('count'),
    metric('paid'),
    metric('rate', { additive: false, thresholds: { good: 1, warn: 0 }, format: { type: 'percent' } }),
    metric('staff', { timed: false }),
  ],
  dimensions: [
    { name: 'orders.team', type: 'string' },
    { name: 'orders.country', type: 'geo' },
    { name: 'people.team', type: 'string' },
  ],
} as unknown as Project

describe('a chart', () => {
  test.each<[WidgetType, readonly string[], readonly string[], string | null]>([
    ['kpi', ['count'], [], null],
    ['kpi', ['count', 'paid'], [], 'shows one metric'],
    ['kpi', ['count'], ['country'], 'shows no dimension'],
    ['line', ['count', 'paid'], [], null],
    ['line', ['count', 'rate'], [], 'the metrics have different units'],
    ['line', ['count', 'paid'], ['country'], 'shows one metric by a dimension, or several without'],
    ['line', ['staff'], [], 'staff has no time'],
    ['bar', ['staff'], ['country'], null],
    ['area', ['rate'], ['country'], 'parts of rate do not add up'],
    ['donut', ['count'], [], 'needs a dimension'],
    ['donut', ['rate'], ['country'], 'parts of rate do not add up'],
    ['map', ['count'], ['country'], null],
    ['map', ['count'], ['orders.team'], 'needs a dimension of places'],
    ['kanban', ['count'], ['country'], 'count has no thresholds'],
    ['kanban', ['rate'], ['country'], null],
    ['heatmap', ['count'], [], null],
    ['funnel', ['count'], [], 'needs two metrics or more, from first step to last'],
    ['table', ['count', 'rate', 'staff'], ['country', 'orders.team'], null],
    ['text', [], [], null],
  ])('%s of %j by %j', (type, metrics, by, refusal) => {
    expect(chartRefusal(type, { metrics, by }, project)).toBe(refusal)
  })

  test.each([
    [['count'], [], null, 'kpi'],
    [['count', 'rate'], [], null, 'table'],
    [['count'], [], 'day', 'line'],
    [['count', 'rate'], [], 'day', 'table'],
    [['count'], ['orders.team'], 'day', 'area'],
    [['rate'], ['orders.team'], 'day', 'line'],
    [['count'], ['orders.country'], null, 'map'],
    [['count'], ['orders.team'], null, 'bar'],
    [['count'], ['orders.team', 'orders.country'], null, 'table'],
  ] as const)('is suggested for %j by %j over %s: %s', (metrics, by, grain, type) => {
    expect(suggestedType({ metrics, by, grain }, project)).toBe(type)
  })
})

describe('a form', () => {
  test.each<object>([
    { type: 'kpi', metric: 'count', title: 'All', sparkline: 'day', target: 5, width: 3 },
    { type: 'line', metrics: ['count', 'paid'], grain: 'week', percentiles: true, reference: [{ metric: 'rate' }] },
    {
      type: 'bar',
      metric: 'count',
      by: 'country',
      layout: 'horizontal',
      limit: 15,
      order: ['-count'],
      drill_by: ['team'],
    },
    {
      type: 'area',
      metric: 'count',
      by: 'team',
      grain: 'day',
      stacked: false,
      reference: [{ value: 3, label: 'Goal' }],
    },
    { type: 'heatmap', metric: 'count' },
    { type: 'heatmap', metric: 'count', x: 'team', y: 'country' },
    { type: 'heatmap', metric: 'count', x: 'team' },
    { type: 'line', metrics: ['count'], grain: 'day' },
    { type: 'table', model: 'orders', dimensions: ['team'], order: ['-team'] },
    { type: 'gauge', metric: 'rate', min: 0, max: 1, target: 0.9 },
    { type: 'funnel', metrics: ['count', 'paid'], where: "{team} = 'a'" },
    { type: 'alerts', severities: ['critical'] },
    { type: 'text', text: '# Hello' },
  ])('of %j says the same', (definition) => {
    const widget = definition as Widget
    expect(definitionOf(readForm(widget), widget)).toEqual(definition)
  })

  test('of any widget that is shipped says the same', () => {
    const files = readdirSync(DASHBOARDS).filter((name) => name.endsWith('.yml'))
    const widgets = files.flatMap((name) =>
      ((parse(readFileSync(join(DASHBOARDS, name), 'utf8')) as File).dashboards ?? []).flatMap(({ rows }) =>
        rows.flatMap((row) => row.widgets),
      ),
    )
    expect(widgets.length).toBeGreaterThan(100)
    expect(widgets.map((widget) => definitionOf(readForm(widget), widget))).toEqual(widgets)
  })

  test('names nothing any more that it does not show', () => {
    const before = {
      type: 'table',
      metrics: ['count', 'paid'],
      dimensions: ['team'],
      order: ['-paid', 'team'],
    } as Widget
    const next = definitionOf({ ...readForm(before), metrics: ['count'] }, before)
    expect(next).toEqual({ type: 'table', metrics: ['count'], dimensions: ['team'], order: ['team'] })
  })

  test('of another type keeps what that one takes', () => {
    const before = { type: 'kpi', metric: 'count', title: 'All', sparkline: 'day', width: 3, drill: '/x' } as Widget
    const form = asType(readForm(before), 'line')
    expect(definitionOf(form, before)).toEqual({
      type: 'line',
      title: 'All',
      metric: 'count',
      grain: 'day',
      width: 3,
      drill: '/x',
    })
  })

  test('says what it lacks', () => {
    expect(missingIn(readForm({ type: 'text', text: ' ' } as Widget))).toBe('Write a text.')
    expect(missingIn(readForm({ type: 'kpi', metric: 'count' } as Widget))).toBeNull()
  })
})

test.each([
  ['', []],
  ["{team} = 'O''Hara'", [{ dimension: 'team', values: ["O'Hara"] }]],
  [
    "{team} in ('a', 'b and c') and {size} = 5",
    [
      { dimension: 'team', values: ['a', 'b and c'] },
      { dimension: 'size', values: ['5'] },
    ],
  ],
  [
    "({team} = 'a' or {team} is null) and ({fast} = true)",
    [
      { dimension: 'team', values: ['a', ''] },
      { dimension: 'fast', values: ['true'] },
    ],
  ],
  ['{team} is null', [{ dimension: 'team', values: [''] }]],
  ["{team} = 'a' or {size} > 5", null],
  ['{size} > 5', null],
])('the filter %s is read as values to choose, or left as text', (where, conditions) => {
  expect(readConditions(where)).toEqual(conditions)
})

test('a dimension is written short where no other is called so', () => {
  const { dimensions = [] } = project.metrics[0] ?? {}
  expect(writtenName('orders.country', dimensions)).toBe('country')
  expect(writtenName('orders.team', dimensions)).toBe('orders.team')
})
