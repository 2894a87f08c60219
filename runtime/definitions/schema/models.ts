import { type Static, Type } from '@sinclair/typebox'
import { list, oneOf, optional, strict, text, Version } from './common.ts'

const RelationName = Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]*$', description: 'Name of a relation.' })
const Scalar = Type.Union([Type.String(), Type.Number(), Type.Boolean()])

export const DataTest = Type.Union(
  [
    oneOf(['not_null', 'unique'], 'A test without arguments.'),
    strict({ accepted_values: list(Scalar, 'Values the column may have.') }, 'Only these values.'),
    strict(
      { relationships: strict({ to: RelationName, column: RelationName }, 'The column it points to.') },
      'Every value exists there.',
    ),
    strict(
      { sql: text('A SELECT that returns the offending rows; `{{this}}` is the relation.') },
      'Custom SQL: no row may come back.',
    ),
  ],
  { description: 'not_null, unique, { accepted_values: […] }, { relationships: { to, column } } or { sql: … }.' },
)
export type DataTest = Static<typeof DataTest>

const Column = strict(
  {
    name: text('Name of the column.'),
    type: optional(text('SQL type.')),
    description: optional(text('What it holds.')),
    tests: optional(list(DataTest, 'Data tests.')),
  },
  'A column with its documentation and tests.',
)

const SourceTable = strict(
  {
    name: RelationName,
    file: optional(
      text(
        'CSV, TSV, Parquet, JSON or NDJSON file or glob, from the project folder; without it, schema.table of the warehouse.',
      ),
    ),
    description: optional(text('What a row is.')),
    columns: optional(list(Column, 'Columns.')),
  },
  'A table or file that models read.',
)
export const Source = strict(
  {
    name: RelationName,
    schema: optional(text('Schema in the warehouse; the name by default.')),
    description: optional(text('Where it comes from.')),
    tables: Type.Array(SourceTable, { minItems: 1, description: 'Its tables.' }),
  },
  'A group of tables or files from outside.',
)
export type Source = Static<typeof Source>

export const MATERIALIZATIONS = ['view', 'table', 'incremental'] as const
export type Materialization = (typeof MATERIALIZATIONS)[number]

const modelKeys = {
  description: optional(text('What a row is.')),
  materialized: optional(oneOf(MATERIALIZATIONS, 'How the relation is kept; view by default.')),
  unique_key: optional(
    Type.Union([text('Column.'), Type.Array(text('Column.'))], {
      description: 'Column or columns that identify a row of an incremental model.',
    }),
  ),
  refresh: optional(
    oneOf(['real_time', '5m', 'hourly', 'daily'], 'How soon it follows its sources while serving; at once by default.'),
  ),
  owner: optional(text('Team or person that answers for it.')),
  tags: optional(list(text('A tag.'), 'Free tags.')),
  columns: optional(list(Column, 'Columns.')),
  tests: optional(list(DataTest, 'Data tests of the whole relation.')),
}
/** Front matter of a `.sql` file: the keys of a model without its name. */
export const ModelFrontMatter = strict(modelKeys, 'Settings of this model.')
export type ModelFrontMatter = Static<typeof ModelFrontMatter>

export const Model = strict(
  { name: RelationName, ...modelKeys },
  'Settings, documentation and tests of models/<name>.sql.',
)
export type Model = Static<typeof Model>

export const ModelsFile = strict(
  {
    version: Version,
    sources: optional(list(Source, 'Tables and files from outside.')),
    models: optional(list(Model, 'Settings of models.')),
  },
  'Sources and models.',
)
export type ModelsFile = Static<typeof ModelsFile>
