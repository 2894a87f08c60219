import type { CompiledWidget, Manifest } from '../../compiler/index.ts'
import type { Grain, QueryDefinition } from '../../definitions/index.ts'
import { UserError } from '../../diagnostics/index.ts'
import type { QueryAnswer } from '../../semantic/index.ts'
import { alertsBlock, type FiringAlert } from './alerts-block.ts'
import { boardFigure } from './board-figure.ts'
import { startDay } from './calendar.ts'
import type { Block, Table } from './content.ts'
import { categoryFigure, gaugeFigure, heatmapFigure, type ReferenceLine, timeFigure } from './figures.ts'
import { formatChange, formatValue } from './format-value.ts'
import { mapFigure } from './map-figure.ts'
import type { Compare, Period } from './period.ts'
import { comparedWith } from './period.ts'

/** How a widget is asked within a report. */
export interface Asking {
  readonly manifest: Manifest
  readonly period: Period
  readonly compare: Compare
  readonly timezone: string
  /** Conditions of the whole report that mean something for this widget. */
  readonly where: readonly string[]
  /** Asks, and keeps the answer as evidence. */
  readonly ask: (query: QueryDefinition, title: string) => Promise<QueryAnswer>
  readonly firing: () => Promise<readonly FiringAlert[]>
}

type Widget = CompiledWidget & { readonly query: QueryDefinition }
type Answered = Block | null

const ROWS = 1_000

/** A widget with its figures; null where it has none to show on paper. */
export async function answerBlock(widget: CompiledWidget, asking: Asking): Promise<Answered> {
  const { definition, id, query, title } = widget
  if (definition.type === 'text') return { kind: 'text', id, title, note: null, text: definition.text }
  if (definition.type === 'alerts') return alertsBlock(widget, definition, await asking.firing(), asking.timezone)
  if (query === null) return null
  const asked = { ...widget, query }
  if (definition.type === 'kpi') return kpi(asked, asking)
  if (definition.type === 'gauge') return gauge(asked, asking)
  return figureOrTable(asked, asking)
}

function baseQuery({ query }: Widget, { manifest, period, timezone, where }: Asking): QueryDefinition {
  const { grain: _grain, ...rest } = query
  const filters = [...(query.where === undefined ? [] : [query.where]), ...where]
  return {
    ...rest,
    timezone,
    ...(filters.length > 0 && {
      where: filters.map((text) => (filters.length > 1 ? `(${text})` : text)).join(' and '),
    }),
    ...(isTimed(query, manifest) && period),
  }
}

async function kpi(widget: Widget, asking: Asking): Promise<Answered> {
  const { definition, id, title } = widget
  if (definition.type !== 'kpi') return null
  const { manifest } = asking
  const base = baseQuery(widget, asking)
  const timed = isTimed(base, manifest)
  const compare = definition.compare === 'none' || !timed ? null : comparedWith(asking.period, asking.compare)
  const [now, before, trend] = await Promise.all([
    asking.ask(base, title),
    compare === null ? null : asking.ask({ ...base, ...compare }, `${title}, period before`),
    timed && definition.sparkline !== undefined
      ? asking.ask({ ...base, grain: trendGrain(asking.period) }, `${title}, trend`)
      : null,
  ])
  const name = definition.metric
  const metric = manifest.metrics.find((item) => item.name === name)
  const format = metric?.format ?? null
  const [value, earlier] = [numberOf(now, name), before === null ? null : numberOf(before, name)]
  const text = value === null || earlier === null ? null : formatChange(value, earlier, format)
  const { target } = definition
  return {
    kind: 'kpi',
    id,
    title,
    note: metric?.description || null,
    value: formatValue(value, format),
    change:
      text === null || value === null || earlier === null
        ? null
        : { text, good: isGood(metric?.direction, value - earlier) },
    before: earlier === null ? null : formatValue(earlier, format),
    target: target === undefined ? null : formatValue(target, format),
    trend: trend === null ? [] : trend.rows.map((row) => (typeof row[name] === 'number' ? row[name] : null)),
  }
}

const trendGrain = ({ from, to }: Period): Grain => (from === to ? 'hour' : 'day')

function isGood(direction: 'up' | 'down' | 'neutral' | undefined, change: number): boolean | null {
  if (direction === undefined || direction === 'neutral' || Math.abs(change) < 1e-12) return null
  return change > 0 === (direction === 'up')
}

async function gauge(widget: Widget, asking: Asking): Promise<Answered> {
  const { definition, id, title } = widget
  if (definition.type !== 'gauge') return null
  const answer = await asking.ask(baseQuery(widget, asking), title)
  const metric = asking.manifest.metrics.find(({ name }) => name === definition.metric)
  const chart = gaugeFigure(title, numberOf(answer, definition.metric), metric, definition)
  return { kind: 'figure', id, title, note: null, chart, table: tableOf(answer) }
}

async function figureOrTable(widget: Widget, asking: Asking): Promise<Answered> {
  const { definition, id, title } = widget
  const { manifest, period } = asking
  const weekStart = manifest.project.weekStart
  const grain = grainOf(widget, asking)
  const base = baseQuery(widget, asking)
  const whole = grain === null ? {} : { from: startDay(grain, period.from, weekStart), grain }
  const limit = base.limit ?? (definition.type === 'table' ? ROWS : undefined)
  const answer = await asking.ask({ ...base, ...whole, ...(limit !== undefined && { limit }) }, title)
  const table = tableOf(answer)
  const shown = { id, title, note: null, table }
  if (definition.type === 'table') return { ...shown, kind: 'table' }
  const by = answer.columns.filter(({ kind }) => kind === 'dimension').map(({ name }) => name)
  const metrics = answer.columns.filter(({ kind }) => kind === 'metric')
  const [first] = metrics
  if (first === undefined) return { ...shown, kind: 'table' }
  const heat = definition.type === 'heatmap' ? heatmapFigure(title, answer, definition, weekStart) : null
  if (heat !== null) return { ...shown, kind: 'figure', chart: heat }
  if (definition.type === 'map') {
    const map = mapFigure(title, answer, by[0] ?? '')
    if (map !== null) return { ...shown, ...map, kind: 'figure' }
  }
  if (definition.type === 'kanban') {
    const metric = manifest.metrics.find(({ name }) => name === first.name)
    const board = boardFigure(title, answer, definition.by, metric)
    if (board !== null) return { ...shown, kind: 'figure', chart: board }
  }
  if (grain !== null) {
    const range = { from: whole.from ?? period.from, to: period.to }
    const lines = await answerLines(definition, { ...base, ...whole }, title, asking)
    const chart = timeFigure({ answer, by: by[0], grain, lines, manifest, range, title, definition })
    return { ...shown, kind: 'figure', chart }
  }
  const kind = definition.type === 'donut' ? 'donut' : 'bars'
  const chart = categoryFigure({ answer, by: by[0], manifest, title, kind })
  return chart === null ? { ...shown, kind: 'table' } : { ...shown, kind: 'figure', chart }
}

/** Metrics to compare with, over the same time. Where one cannot be asked with the filters of the report, its line is left out. */
async function answerLines(
  definition: CompiledWidget['definition'],
  { by: _by, limit: _limit, order: _order, ...query }: QueryDefinition,
  title: string,
  { ask, manifest }: Asking,
): Promise<readonly ReferenceLine[]> {
  const lines = 'reference' in definition ? (definition.reference ?? []) : []
  const answered = lines.map(async ({ label, metric }): Promise<readonly ReferenceLine[]> => {
    if (metric === undefined) return []
    const known = manifest.metrics.find(({ name }) => name === metric)
    const name = label ?? known?.label ?? metric
    const answer = await ask({ ...query, metrics: [metric] }, `${title}, ${name}`).catch((error: unknown) => {
      if (error instanceof UserError) return null
      throw error
    })
    return answer === null ? [] : [{ label: name, metric, answer }]
  })
  return (await Promise.all(answered)).flat()
}

function grainOf({ definition, query }: Widget, { manifest, period }: Asking): Grain | null {
  if (!isTimed(query, manifest)) return null
  const declared = query.grain ?? null
  if (definition.type === 'heatmap' || definition.type === 'table') return declared
  const bare = definition.type === 'bar' && declared === null && (query.by ?? []).length === 0
  const grain = bare ? 'day' : declared
  return grain !== null && period.from === period.to ? 'hour' : grain
}

/** Without a time of its own a metric has neither a range nor anything to compare with. */
function isTimed({ metrics = [] }: QueryDefinition, manifest: Manifest): boolean {
  const models = manifest.metrics.filter(({ name }) => metrics.includes(name)).flatMap((metric) => metric.models)
  return (
    models.every((model) => manifest.models.find(({ name }) => name === model)?.timeDimension !== null) &&
    models.length > 0
  )
}

function numberOf({ rows }: QueryAnswer, metric: string): number | null {
  const value = rows[0]?.[metric]
  return typeof value === 'number' ? value : null
}

export function tableOf({ columns, rows, truncated }: QueryAnswer): Table {
  return {
    columns: columns.map(({ format, kind, label }) => ({ label, kind, format })),
    rows: rows.map((row) => columns.map(({ name }) => row[name])),
    truncated,
  }
}
