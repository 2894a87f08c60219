import type { Grain, Widget } from '../../runtime/definitions/index.ts'
import { OPTIONS, type OptionKey } from './widget-options.ts'

export type WidgetType = Widget['type']

/** What a type of widget takes. */
interface Shape {
  readonly label: string
  readonly metrics: 'none' | 'one' | 'many'
  readonly by: 'none' | 'one' | 'two' | 'many'
  readonly grain: boolean
  readonly options: readonly OptionKey[]
}

const shape = (
  label: string,
  metrics: Shape['metrics'],
  by: Shape['by'] = 'none',
  options: readonly OptionKey[] = [],
  grain = false,
): Shape => ({ label, metrics, by, grain, options })

export const SHAPES: Readonly<Record<WidgetType, Shape>> = {
  kpi: shape('KPI', 'one', 'none', ['sparkline', 'compare', 'target']),
  line: shape('Line', 'many', 'one', ['compare', 'range', 'line', 'limit'], true),
  area: shape('Area', 'many', 'one', ['stacked', 'compare', 'range', 'line', 'limit'], true),
  bar: shape('Bar', 'many', 'one', ['layout', 'stacked', 'compare', 'range', 'line', 'limit'], true),
  donut: shape('Donut', 'one', 'one'),
  table: shape('Table', 'many', 'many', ['compare', 'limit'], true),
  gauge: shape('Gauge', 'one', 'none', ['min', 'max', 'target']),
  heatmap: shape('Heatmap', 'one', 'two'),
  map: shape('Map', 'one', 'one'),
  kanban: shape('Kanban', 'one', 'one'),
  funnel: shape('Funnel', 'many'),
  alerts: shape('Alerts', 'none', 'none', ['severities']),
  text: shape('Text', 'none'),
}

/** A widget as a form shows it. */
export interface WidgetForm {
  readonly type: WidgetType
  readonly title: string
  readonly description: string
  readonly metrics: readonly string[]
  readonly by: readonly string[]
  readonly grain: Grain | null
  readonly where: string
  readonly text: string
  readonly options: Readonly<Partial<Record<OptionKey, string | number | boolean>>>
}

export const EMPTY_FORM: WidgetForm = {
  type: 'kpi',
  title: '',
  description: '',
  metrics: [],
  by: [],
  grain: null,
  where: '',
  text: '',
  options: {},
}

type Values = Readonly<Record<string, unknown>>

export function readForm(definition: Widget): WidgetForm {
  const values = definition as unknown as Values
  const textOf = (key: string) => (typeof values[key] === 'string' ? values[key] : '')
  const axes = [values.x === 'hour_of_day' ? undefined : values.x, values.y === 'day_of_week' ? undefined : values.y]
  return {
    type: definition.type,
    title: textOf('title'),
    description: textOf('description'),
    metrics: listed(values.metric ?? values.metrics),
    by: definition.type === 'heatmap' ? listed(axes) : listed(values.by ?? values.dimensions),
    grain: (textOf('grain') || null) as Grain | null,
    where: textOf('where'),
    text: textOf('text'),
    options: Object.fromEntries(
      SHAPES[definition.type].options.flatMap((key) => {
        const value = OPTIONS[key].read(values)
        return value === undefined ? [] : [[key, value]]
      }),
    ),
  }
}

const listed = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string')

/** Keys that forms have. Others of a definition stay as they are while the type does. */
const OWN = new Set(
  'type title description metric metrics by dimensions x y grain where text order percentiles drill_by'.split(' '),
)
/** Keys that mean the same for every type. */
const COMMON = new Set(['width', 'height', 'roles', 'drill'])

/** The definition that a form says, with what else the definition before had. */
export function definitionOf(form: WidgetForm, before: Widget | null = null): Widget {
  const { type, title, description, where } = form
  const takes = SHAPES[type]
  const isSame = type === before?.type
  const optionKeys = new Set(takes.options.flatMap((key) => OPTIONS[key].keys))
  const kept = Object.entries(before ?? {}).filter(
    ([key]) => !OWN.has(key) && !optionKeys.has(key) && (isSame || COMMON.has(key)),
  )
  return {
    type,
    ...(title !== '' && { title }),
    ...(description !== '' && { description }),
    ...asked(form, (before ?? {}) as unknown as Values),
    ...(takes.grain && form.grain !== null && { grain: form.grain }),
    ...(where !== '' && takes.metrics !== 'none' && { where }),
    ...(type === 'text' && { text: form.text }),
    ...written(form, before),
    ...(isSame && stillMeant(before as unknown as Values, form)),
    ...Object.fromEntries(kept),
  } as unknown as Widget
}

function asked({ type, metrics, by }: WidgetForm, before: Values): Values {
  const takes = SHAPES[type]
  if (takes.metrics === 'none') return {}
  const many = takes.metrics === 'one' ? metrics.slice(0, 1) : metrics
  const isList = type === 'table' || type === 'funnel' || (takes.metrics === 'many' && Array.isArray(before.metrics))
  const isSingle = many.length === 1 && !isList
  const [first, second] = by
  const axis = before.x === first ? 'x' : 'y'
  const groups = {
    none: {},
    one: first === undefined ? {} : { by: first },
    two: first === undefined ? {} : second === undefined ? { [axis]: first } : { x: first, y: second },
    many: by.length === 0 ? {} : { dimensions: by },
  }
  return { ...(many.length > 0 && (isSingle ? { metric: many[0] } : { metrics: many })), ...groups[takes.by] }
}

function written({ type, options }: WidgetForm, before: Widget | null): Values {
  const parts = SHAPES[type].options.flatMap((key) => {
    const value = options[key]
    const was = (before ?? {}) as unknown as Values
    return value === undefined ? (OPTIONS[key].without?.(was) ?? {}) : OPTIONS[key].write(value, was)
  })
  return Object.assign({}, ...parts)
}

/** Keys that name metrics or dimensions, without those that are gone. */
function stillMeant(before: Values, { metrics, by }: WidgetForm): Values {
  const shown = new Set([...metrics, ...by, ...by.map((name) => name.split('.').at(-1)), 'time'])
  const order = listed(before.order).filter((name) => shown.has(name.replace(/^-/, '')))
  const drills = listed(before.drill_by).filter((name) => !shown.has(name))
  const percentiles = Array.isArray(before.percentiles)
    ? before.percentiles.filter((name) => shown.has(String(name)))
    : before.percentiles
  const hasPercentiles = Array.isArray(percentiles) ? percentiles.length > 0 : percentiles !== undefined
  return {
    ...(order.length > 0 && { order }),
    ...(drills.length > 0 && by.length > 0 && { drill_by: drills }),
    ...(hasPercentiles && { percentiles }),
  }
}

/** What is missing before it can be drawn; null where nothing is. */
export function missingIn({ type, text, metrics, by }: WidgetForm): string | null {
  if (type === 'text') return text.trim() === '' ? 'Write a text.' : null
  if (type === 'alerts') return null
  if (type === 'table' && by.length > 0) return null
  return metrics.length === 0 ? 'Choose a metric.' : null
}

/** The form as another type: what that one takes stays, and it has the grain that it needs. */
export function asType(form: WidgetForm, type: WidgetType): WidgetForm {
  const needsGrain = type === 'line' || type === 'area' || (type === 'bar' && form.by.length === 0)
  const grain = needsGrain ? (form.grain ?? 'day') : type === 'table' || type === 'bar' ? form.grain : null
  return { ...form, type, grain }
}

/** Columns that a new widget takes. */
export const usualWidth = (type: WidgetType): number =>
  type === 'kpi' || type === 'gauge' ? 3 : type === 'table' || type === 'text' || type === 'kanban' ? 12 : 6
