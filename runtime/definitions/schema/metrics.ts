import { type Static, Type } from '@sinclair/typebox'
import { AccessRule } from './access.ts'
import {
  Format,
  GrainName,
  list,
  Name,
  nameOf,
  oneOf,
  optional,
  Reference,
  Span,
  strict,
  text,
  Version,
} from './common.ts'
import { QueryTest } from './tests.ts'

export const AGGREGATIONS = ['count', 'count_distinct', 'sum', 'avg', 'min', 'max', 'median', 'percentile'] as const
export type Aggregation = (typeof AGGREGATIONS)[number]

const TO_DATE = ['day_to_date', 'week_to_date', 'month_to_date', 'quarter_to_date', 'year_to_date'] as const

const commonKeys = {
  name: Name,
  label: optional(text('Name shown to people; made from the name when missing.')),
  description: optional(text('What the metric says, and what it leaves out.')),
  owner: optional(text('Team or person that answers for it.')),
  category: optional(text('Group in the catalogue, such as `cost`.')),
  tier: optional(oneOf(['P0', 'P1', 'P2'], 'Importance.')),
  refresh: optional(oneOf(['real_time', '5m', 'hourly', 'daily', 'weekly'], 'How fresh it is meant to be.')),
  format: optional(Format),
  direction: optional(oneOf(['up', 'down', 'neutral'], 'Which way is good.')),
  thresholds: optional(
    strict(
      {
        good: Type.Number({ description: 'Good from here on.' }),
        warn: Type.Number({ description: 'Poor beyond here.' }),
      },
      'Limits of good and poor; `direction` says on which side.',
    ),
  ),
  synonyms: optional(list(text('Another name.'), 'Other names people search by.')),
  tags: optional(list(text('A tag.'), 'Free tags.')),
  deprecated: optional(
    strict(
      {
        since: Type.String({ format: 'date', description: 'Day it was deprecated.' }),
        use: optional(nameOf('Metric to use instead.')),
        until: optional(Type.String({ format: 'date', description: 'Day from which using it is an error.' })),
      },
      'Not to be used any more.',
    ),
  ),
}

export const SimpleMetric = strict(
  {
    ...commonKeys,
    agg: oneOf(AGGREGATIONS, 'The aggregation.'),
    percentile: optional(
      Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 1, description: 'For `agg: percentile`: 0.9 is the P90.' }),
    ),
    sql: optional(
      text(
        'What is aggregated: SQL over the relation, `{x}` refers to a dimension. The column of the name by default.',
      ),
    ),
    filter: optional(text("Rows that count: a SQL condition, such as `{status} = 'failed'`.")),
  },
  'One aggregation over this model.',
)
export type SimpleMetric = Static<typeof SimpleMetric>

const RatioMetric = strict(
  {
    ...commonKeys,
    type: Type.Literal('ratio'),
    numerator: nameOf('Metric above the line.'),
    denominator: nameOf('Metric below the line.'),
  },
  'One metric divided by another; null where the denominator is 0 or null.',
)
const DerivedMetric = strict(
  {
    ...commonKeys,
    type: Type.Literal('derived'),
    expr: text('SQL over metrics: `{total_spend} / nullif({loc_changed}, 0)`.'),
  },
  'An expression over metrics.',
)
const CumulativeMetric = strict(
  {
    ...commonKeys,
    type: Type.Literal('cumulative'),
    metric: nameOf('Metric that is added up.'),
    window: Type.Union(
      [
        oneOf([...TO_DATE, 'all'], 'From the start of the period to the end of the bucket, or from the beginning.'),
        strict({ trailing: Span }, 'The span that ends with the bucket.'),
      ],
      { description: 'day_to_date … year_to_date, all, or { trailing: 28 days }.' },
    ),
  },
  'A metric over a window that ends with each bucket.',
)
const OffsetMetric = strict(
  { ...commonKeys, type: Type.Literal('offset'), metric: nameOf('Metric that is moved in time.'), offset: Span },
  'A metric as it was some time before.',
)
export const CompositeMetric = Type.Union([RatioMetric, DerivedMetric, CumulativeMetric, OffsetMetric], {
  discriminator: { propertyName: 'type' },
  description: 'A metric built from metrics.',
})
export type CompositeMetric = Static<typeof CompositeMetric>

export const DIMENSION_TYPES = ['string', 'number', 'boolean', 'time', 'geo'] as const
export type DimensionType = (typeof DIMENSION_TYPES)[number]

export const VALUE_STATUSES = ['neutral', 'good', 'info', 'warn', 'bad', 'critical'] as const
export type ValueStatus = (typeof VALUE_STATUSES)[number]

export const Dimension = strict(
  {
    name: Name,
    type: oneOf(DIMENSION_TYPES, 'Type of its values; geo is a region code (ISO 3166).'),
    label: optional(text('Name shown to people.')),
    description: optional(text('What it says.')),
    sql: optional(
      text(
        'SQL over the relation; the column of the name by default. `{x}` refers to a dimension, `{model.x}` crosses a join.',
      ),
    ),
    values: optional(list(Type.Union([Type.String(), Type.Number(), Type.Boolean()]), 'All values it can have.')),
    labels: optional(
      Type.Union([Type.Record(Type.String(), Type.String()), Type.Literal(false)], {
        description:
          'How values are written: `{ bug_fix: Bug fix, ci: CI }`. Others of the dimension are put into words (`in_review` → In review); `false` shows all as they are stored.',
      }),
    ),
    statuses: optional(
      Type.Record(Type.String(), oneOf(VALUE_STATUSES, 'What it means when a value is this one.'), {
        description: 'What values mean, as `{ low: info, high: bad }`: it gives them their colours everywhere.',
      }),
    ),
    synonyms: optional(list(text('Another name.'), 'Other names people search by.')),
    tags: optional(list(text('A tag.'), 'Free tags.')),
  },
  'Something metrics are grouped and filtered by.',
)
export type Dimension = Static<typeof Dimension>

const Column = Type.String({ minLength: 1, description: 'A column of the relation.' })
export const Join = strict(
  {
    to: nameOf('Semantic model that is joined.'),
    on: Type.Union([Column, strict({ left: Column, right: Column }, 'Column here (`left`) and there (`right`).')], {
      description: 'The column here that holds their primary key, or { left, right }.',
    }),
    relationship: optional(oneOf(['many_to_one', 'one_to_one', 'one_to_many'], 'How rows here relate to rows there.')),
  },
  'A join to another semantic model.',
)
export type Join = Static<typeof Join>

const Hierarchy = strict(
  {
    name: Name,
    label: optional(text('Name shown to people.')),
    levels: Type.Array(Reference, { minItems: 2, description: 'Dimensions from coarse to fine.' }),
  },
  'A way to drill down.',
)

export const PreAggregation = strict(
  {
    name: Name,
    metrics: Type.Array(Name, { minItems: 1, description: 'Metrics of this model that it stores.' }),
    dimensions: optional(list(Reference, 'Dimensions it is grouped by.')),
    grain: optional(GrainName),
    partition: optional(oneOf(['day', 'week', 'month', 'quarter', 'year'], 'Rebuilt and pruned by this span of time.')),
  },
  'A stored aggregate that the semantic layer answers from.',
)
export type PreAggregation = Static<typeof PreAggregation>

const Steps = strict(
  {
    model: nameOf('Semantic model whose rows are the steps; it joins this one.'),
    order: optional(nameOf('Dimension of the steps that orders them; their time by default.')),
    id: optional(nameOf('Dimension that `parent` refers to; the primary key of the steps by default.')),
    parent: optional(nameOf('Dimension of the steps that holds the `id` of the step around it.')),
    start: optional(nameOf('Dimension of the time it began; by default its time is when it ended.')),
    kind: optional(nameOf('Dimension that says what was done.')),
    title: optional(nameOf('Dimension that names it, such as the tool.')),
    status: optional(nameOf('Dimension that says how it went.')),
    text: optional(list(nameOf('Dimension with words.'), 'Dimensions with words, shown when a step is opened.')),
    facts: optional(list(nameOf('Dimension.'), 'Further dimensions, shown when a step is opened.')),
    duration: optional(nameOf('Metric of the time a step took.')),
    metrics: optional(list(Name, 'Metrics of each step, such as tokens and cost.')),
  },
  'The steps of a record, shown as a timeline.',
)

export const Detail = strict(
  {
    columns: optional(list(Reference, 'Dimensions in lists of records; all own ones by default.')),
    metrics: optional(list(Name, 'Figures of each record.')),
    export: optional(list(Reference, 'Dimensions that make up the configuration of a record, to share what worked.')),
    steps: optional(Steps),
  },
  'How single rows are shown: in lists, and on a page of their own.',
)
export type Detail = Static<typeof Detail>

export const SemanticModel = strict(
  {
    name: Name,
    label: optional(text('Name shown to people.')),
    description: optional(text('What a row is.')),
    relation: Type.String({ minLength: 1, description: 'A model of models/, or schema.table in the warehouse.' }),
    primary_key: optional(Type.String({ minLength: 1, description: 'Column that identifies a row.' })),
    time_dimension: optional(nameOf('Dimension that `time` and grains mean.')),
    shared: optional(Type.Boolean({ description: 'True: the rows belong to no tenant, everyone may see them.' })),
    owner: optional(text('Team or person that answers for it.')),
    joins: optional(list(Join, 'Other models whose dimensions are reachable from here.')),
    dimensions: optional(list(Dimension, 'What it can be grouped and filtered by.')),
    hierarchies: optional(list(Hierarchy, 'Ways to drill down.')),
    detail: optional(Detail),
    metrics: optional(list(SimpleMetric, 'Aggregations over this model.')),
    access: optional(list(AccessRule, 'Who sees which rows and dimensions of this model.')),
    pre_aggregations: optional(list(PreAggregation, 'Stored aggregates.')),
  },
  'A relation of the warehouse with its joins, dimensions and metrics.',
)
export type SemanticModel = Static<typeof SemanticModel>

export const MetricsFile = strict(
  {
    version: Version,
    semantic_models: optional(list(SemanticModel, 'Relations with their dimensions and simple metrics.')),
    metrics: optional(list(CompositeMetric, 'Metrics built from metrics, across any models.')),
    access: optional(list(AccessRule, 'Access rules for every semantic model that has the dimension.')),
    tests: optional(list(QueryTest, 'Unit tests of metrics and access rules.')),
  },
  'Semantic models and metrics.',
)
export type MetricsFile = Static<typeof MetricsFile>
