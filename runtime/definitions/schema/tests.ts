import { type Static, Type } from '@sinclair/typebox'
import { GrainName, list, Name, optional, Reference, RoleName, strict, text } from './common.ts'

const Value = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()])
const Row = Type.Record(Type.String(), Value, { description: 'A row: value by column.' })

export const Caller = strict(
  {
    org: optional(Type.String({ description: 'Tenant of the caller.' })),
    role: optional(RoleName),
    user: optional(Type.String({ description: 'Id of the caller; `user.id` in access rules.' })),
    attributes: optional(
      Type.Record(Type.String(), Type.Union([Value, Type.Array(Value)]), {
        description: 'What access rules call `user.<name>`: `attributes: { team_ids: [a, b] }`.',
      }),
    ),
  },
  'Who asks.',
)
export type Caller = Static<typeof Caller>

export const QueryDefinition = strict(
  {
    metrics: optional(list(Name, 'Metrics to answer.')),
    by: optional(list(Reference, 'Dimensions to group by.')),
    grain: optional(GrainName),
    from: optional(text('First day or instant.')),
    to: optional(text('Last day or instant, inclusive.')),
    where: optional(text("Filter: `{team} = 'core' AND {status} <> 'failed'`.")),
    order: optional(
      list(
        Type.String({ pattern: '^-?[a-z][a-z0-9_.]*$' }),
        'Metric, dimension or `time`; `-` in front means descending.',
      ),
    ),
    limit: optional(Type.Integer({ minimum: 1, description: 'Rows at most.' })),
    timezone: optional(text('IANA name; that of the project by default.')),
  },
  'A question in terms of metrics and dimensions.',
)
export type QueryDefinition = Static<typeof QueryDefinition>

export const QueryTest = strict(
  {
    name: text('A sentence that says what holds.'),
    given: Type.Record(Type.String(), Type.Array(Row), {
      description: 'Rows by relation; columns that are missing are null.',
    }),
    as: optional(Caller),
    query: QueryDefinition,
    expect: Type.Union(
      [Type.Array(Row), strict({ error: text('Code or part of the message.') }, 'The query must be refused.')],
      {
        description: 'The rows of the answer in any order (in the given order when the query orders), or { error: … }.',
      },
    ),
  },
  'A unit test: given rows, a query, the expected answer.',
)
export type QueryTest = Static<typeof QueryTest>

const STATES = ['normal', 'pending', 'firing', 'recovering', 'no_data', 'error'] as const
export const AlertTest = strict(
  {
    name: text('A sentence that says what holds.'),
    alert: Name,
    as: optional(Caller),
    given: Type.Union(
      [
        strict(
          { series: Type.Array(Type.Record(Type.String(), Value)) },
          'Points: `time` (of a period its begin), `value` and the values of `by`.',
        ),
        Type.Record(Type.String(), Type.Array(Row)),
      ],
      { description: 'A series, or rows by relation.' },
    ),
    expect: Type.Array(
      Type.Object(
        {
          at: text('Instant.'),
          state: Type.Unsafe<(typeof STATES)[number]>({
            type: 'string',
            enum: [...STATES],
            description: 'State at that instant.',
          }),
        },
        { additionalProperties: Value },
      ),
      { description: 'States at times, with values of `by` where the alert has it.' },
    ),
  },
  'A unit test of an alert: given a series, the states at times.',
)
export type AlertTest = Static<typeof AlertTest>
