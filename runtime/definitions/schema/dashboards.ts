import { type Static, type TProperties, Type } from '@sinclair/typebox'
import {
  GrainName,
  list,
  Name,
  nameOf,
  oneOf,
  optional,
  Reference,
  RoleName,
  SEVERITIES,
  strict,
  text,
  Version,
} from './common.ts'

const Metrics = Type.Array(Name, { minItems: 1, description: 'Metrics shown together.' })
const RANGES = ['today', '7d', '30d', '90d', '12m'] as const
const Compare = oneOf(['previous_period', 'previous_year', 'none'], 'What it is compared with.')
const ReferenceLine = strict(
  {
    value: optional(Type.Number({ description: 'A constant.' })),
    metric: optional(nameOf('Metric that is shown.')),
    label: optional(text('Text at the line.')),
  },
  'A line to compare with: a constant or a metric.',
)

const Benchmark = strict(
  {
    value: Type.Number({ description: 'What others reach.' }),
    label: optional(text('Who they are: `Industry median`.')),
    source: optional(text('Where the figure is from; an address becomes a link.')),
  },
  'A figure of others to stand beside the own one.',
)

const DrillBy = optional(
  list(Reference, 'Dimensions that a mark opens, one level after the other: `[region, city]` under a country.'),
)

const widgetKeys = {
  title: optional(text('Title; that of the metric by default.')),
  description: optional(text('Explanation behind the title.')),
  width: optional(Type.Integer({ minimum: 1, maximum: 12, description: 'Columns of twelve.' })),
  height: optional(Type.Integer({ minimum: 1, maximum: 12, description: 'Height in rows of 80 px.' })),
  where: optional(text("Filter of this widget: `{status} = 'failed'`.")),
  drill: optional(text('Path of the page that explains it.')),
  roles: optional(list(RoleName, 'Only for these roles.')),
  limit: optional(Type.Integer({ minimum: 1, maximum: 100_000, description: 'Rows or series at most.' })),
  order: optional(
    list(
      Type.String({ pattern: '^-?[a-z][a-z0-9_.]*$' }),
      'Metric, dimension or `time`; `-` in front means descending.',
    ),
  ),
}

const widget = <N extends string, P extends TProperties>(type: N, properties: P, description: string) =>
  strict({ type: Type.Literal(type), ...widgetKeys, ...properties }, description)

const metricOrMetrics = { metric: optional(nameOf('Metric that is shown.')), metrics: optional(Metrics) }
const series = {
  ...metricOrMetrics,
  by: optional(Reference),
  grain: optional(GrainName),
  compare: optional(Compare),
  reference: optional(list(ReferenceLine, 'Lines to compare with.')),
  range: optional(oneOf(RANGES, 'How far back it reaches at least, whatever the range of the page.')),
}

export const Widget = Type.Union(
  [
    widget(
      'kpi',
      {
        metric: nameOf('Metric that is shown.'),
        compare: optional(Compare),
        sparkline: optional(GrainName),
        target: optional(Type.Number({ description: 'The value to reach.' })),
        benchmark: optional(Benchmark),
      },
      'One number with its change and trend.',
    ),
    widget(
      'line',
      {
        ...series,
        percentiles: optional(
          Type.Union([Type.Boolean(), Type.Array(Name, { minItems: 1 })], {
            description: 'Offer a toggle between the metrics: `true` shows all at first, a list those it names.',
          }),
        ),
      },
      'Lines over time.',
    ),
    widget(
      'area',
      { ...series, stacked: optional(Type.Boolean({ description: 'Stacked, which is the default.' })) },
      'Areas over time.',
    ),
    widget(
      'bar',
      {
        ...series,
        layout: optional(oneOf(['vertical', 'horizontal'], 'Direction of the bars.')),
        stacked: optional(Type.Boolean({ description: 'Stacked.' })),
        drill_by: DrillBy,
      },
      'Bars over time or by a dimension.',
    ),
    widget(
      'heatmap',
      {
        metric: nameOf('Metric that is shown.'),
        x: optional(Type.Union([Reference, Type.Literal('hour_of_day')])),
        y: optional(Type.Union([Reference, Type.Literal('day_of_week')])),
      },
      'Two dimensions, colour for the value; hour of day by day of week by default.',
    ),
    widget(
      'donut',
      { metric: nameOf('Metric that is shown.'), by: Reference, drill_by: DrillBy },
      'Parts of a whole: six and Other.',
    ),
    widget(
      'table',
      {
        metrics: optional(Metrics),
        dimensions: optional(list(Reference, 'Dimensions, one column each.')),
        model: optional(nameOf('Semantic model whose rows are listed.')),
        hierarchy: optional(nameOf('Hierarchy of the model to open rows by.')),
        grain: optional(GrainName),
        compare: optional(Compare),
      },
      'Rows of dimensions and metrics.',
    ),
    widget(
      'gauge',
      {
        metric: nameOf('Metric that is shown.'),
        min: optional(Type.Number()),
        max: optional(Type.Number()),
        target: optional(Type.Number()),
      },
      'One number on a scale.',
    ),
    widget(
      'map',
      { metric: nameOf('Metric that is shown.'), by: Reference, drill_by: DrillBy },
      'Regions of the world, colour for the value.',
    ),
    widget(
      'kanban',
      { metric: nameOf('Metric that is shown.'), by: Reference },
      'Values in columns good, needs work and poor, by the thresholds of the metric.',
    ),
    widget(
      'funnel',
      { metrics: Type.Array(Name, { minItems: 2, description: 'Steps from first to last.' }) },
      'Steps of a way and what is lost between.',
    ),
    widget(
      'alerts',
      {
        alerts: optional(list(Name, 'Alerts that are shown; all by default.')),
        severities: optional(list(oneOf(SEVERITIES, 'How bad it is.'), 'Only alerts that are so bad.')),
      },
      'States of alerts, the worst first.',
    ),
    widget('text', { text: text('Markdown.') }, 'Words.'),
  ],
  { discriminator: { propertyName: 'type' }, description: 'A widget; `type` says which.' },
)
export type Widget = Static<typeof Widget>

export const WidgetRow = strict(
  {
    title: optional(text('Heading.')),
    widgets: Type.Array(Widget, { minItems: 1, description: 'Widgets from left to right.' }),
  },
  'A row of widgets.',
)

const Annotation = strict(
  {
    at: text('Day or instant; or, for one mark for each row, the time dimension of a model: `{releases.released_at}`.'),
    until: optional(text('End of a span: a day, an instant or a time dimension.')),
    label: text('What happened; with `{model.dimension}` for what is known of a row.'),
    where: optional(text("Only rows for which this holds: `{releases.kind} = 'major'`.")),
    dimension: optional(Reference),
    value: optional(Type.String()),
  },
  'Something that happened, marked in charts over time.',
)

export const Dashboard = strict(
  {
    name: Name,
    title: text('Title of the page.'),
    path: optional(Type.String({ pattern: '^/[a-z0-9_/-]*$', description: 'Path of the page; `/<name>` by default.' })),
    description: optional(text('The question it answers.')),
    icon: optional(text('Name of an icon.')),
    order: optional(Type.Integer({ description: 'Place in the navigation.' })),
    roles: optional(list(RoleName, 'Only for these roles.')),
    filters: optional(list(Reference, 'Dimensions offered as filters besides the global ones.')),
    range: optional(oneOf(RANGES, 'Date range at first.')),
    compare: optional(Compare),
    annotations: optional(list(Annotation, 'Marks in time.')),
    rows: Type.Array(WidgetRow, { minItems: 1, description: 'Rows from top to bottom.' }),
  },
  'A page.',
)
export type Dashboard = Static<typeof Dashboard>

export const GlobalFilter = strict(
  {
    dimension: optional(Reference),
    hierarchy: optional(
      Type.String({
        pattern: '^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)?$',
        description: 'A hierarchy by `name` or by `model.name`, offered as a tree.',
      }),
    ),
    label: optional(text('Name shown to people; that of the dimension or hierarchy by default.')),
  },
  'A filter of all pages: a dimension (a toggle where it declares few `values`, else a list) or a hierarchy (a tree).',
)
export type GlobalFilter = Static<typeof GlobalFilter>

export const DashboardsFile = strict(
  {
    version: Version,
    global_filters: optional(list(GlobalFilter, 'Filters that are kept from page to page.')),
    dashboards: optional(list(Dashboard, 'Pages.')),
  },
  'Dashboards.',
)
export type DashboardsFile = Static<typeof DashboardsFile>
