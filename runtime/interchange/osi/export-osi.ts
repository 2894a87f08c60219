import type { Dimension, Manifest, Metric, SemanticModel } from '../../compiler/index.ts'
import { toYaml } from '../../init/index.ts'
import { filled, type Lose } from '../draft/index.ts'
import { beyondAnsi, fieldSql, metricSql } from './sql.ts'

/** Version of the Apache Ossie (Open Semantic Interchange) core specification that is written. */
const VERSION = '0.2.0.dev0'
const VENDOR = 'AGENT_METRICS'

/** The project as one semantic model of Apache Ossie (Open Semantic Interchange). */
export function exportOsi(manifest: Manifest, lose: Lose): ReadonlyMap<string, string> {
  const models = new Map(manifest.models.map((model) => [model.name, model]))
  reportAccess(manifest, lose)
  const semanticModel = filled({
    name: manifest.project.name,
    datasets: manifest.models.map((model) => datasetOf(models, model, lose)),
    relationships: nonEmpty(manifest.models.flatMap((model) => relationshipsOf(model, lose))),
    metrics: nonEmpty(manifest.metrics.flatMap((metric) => metricOf(manifest, models, metric, lose))),
    custom_extensions: extension({
      timezone: manifest.project.timezone,
      week_start: manifest.project.weekStart,
      dialect: manifest.project.dialect,
    }),
  })
  const document = { version: VERSION, semantic_model: [semanticModel], dialects: ['ANSI_SQL'], vendors: [VENDOR] }
  return new Map([[`${manifest.project.name}.osi.yml`, toYaml(document)]])
}

type Models = ReadonlyMap<string, SemanticModel>

const nonEmpty = <T>(items: readonly T[]) => (items.length === 0 ? undefined : items)

function extension(data: object): readonly object[] | undefined {
  const kept = filled(data)
  return Object.keys(kept).length === 0 ? undefined : [{ vendor_name: VENDOR, data: JSON.stringify(kept) }]
}

const expressionOf = (expression: string) => ({ dialects: [{ dialect: 'ANSI_SQL', expression }] })

function datasetOf(models: Models, model: SemanticModel, lose: Lose): object {
  for (const { name } of model.preAggregations) {
    lose(
      'AM6231',
      `pre_aggregation:${model.name}.${name}`,
      'Stored aggregates have no counterpart.',
      'Answers stay the same; the other side stores its own.',
    )
  }
  const names = new Set(model.dimensions.map(({ name }) => name))
  const columns = model.columns.filter(({ name }) => !names.has(name))
  return filled({
    name: model.name,
    source: model.relation,
    primary_key: model.primaryKey === null ? undefined : [model.primaryKey],
    description: model.description,
    fields: nonEmpty([
      ...model.dimensions.map((dimension) => fieldOf(models, model, dimension, lose)),
      ...columns.map(({ name }) => ({ name, expression: expressionOf(name) })),
    ]),
    custom_extensions: extension({
      label: model.label,
      owner: model.owner,
      time_dimension: model.timeDimension,
      hierarchies: nonEmpty(
        model.hierarchies.map(({ levels, name }) => ({
          name,
          levels: levels.map((level) => `${level.model}.${level.dimension}`),
        })),
      ),
    }),
  })
}

const DATATYPES = { string: 'String', geo: 'String', number: 'Decimal', boolean: 'Boolean', time: 'DateTime' } as const

function fieldOf(models: Models, model: SemanticModel, dimension: Dimension, lose: Lose): object {
  const sql = fieldSql(models, model.name, dimension.sql)
  reportDialect(`dimension:${model.name}.${dimension.name}`, sql, lose)
  if (!dimension.public)
    lose(
      'AM6211',
      `dimension:${model.name}.${dimension.name}`,
      'Nobody is shown it here; there it is a field like others.',
      'Leave it out where the model is published.',
    )
  return filled({
    name: dimension.name,
    expression: expressionOf(sql),
    dimension: { is_time: dimension.type === 'time' },
    label: dimension.label,
    description: dimension.description,
    datatype: DATATYPES[dimension.type],
    ai_context: dimension.synonyms.length === 0 ? undefined : { synonyms: dimension.synonyms },
    custom_extensions: extension({
      values: dimension.values,
      tags: nonEmpty(dimension.tags),
      geo: dimension.type === 'geo' ? true : undefined,
    }),
  })
}

function relationshipsOf(model: SemanticModel, lose: Lose): readonly object[] {
  return model.joins.map(({ left, relationship, right, to }) => {
    const turned = relationship === 'one_to_many'
    if (relationship === 'one_to_one')
      lose(
        'AM6226',
        `join:${model.name}.${to}`,
        'It is one to one; there a relationship is many to one unless keys say otherwise.',
        'Declare the column as a unique key there.',
      )
    const [from, target] = turned ? [to, model.name] : [model.name, to]
    const [here, there] = turned ? [right, left] : [left, right]
    return { name: `${from}_to_${target}`, from, to: target, from_columns: [here], to_columns: [there] }
  })
}

function metricOf(manifest: Manifest, models: Models, metric: Metric, lose: Lose): readonly object[] {
  const object = `metric:${metric.name}`
  const timed = metric.leaves.find(({ shift, window }) => shift !== null || window !== null)
  if (timed !== undefined) {
    const what = timed.window === null ? 'compares with an earlier time' : 'accumulates over a window of time'
    lose(
      'AM6230',
      object,
      `It ${what}, and expressions there know no time.`,
      'Compute it in the tool that reads the file, or ask this API.',
    )
    return []
  }
  const simple = new Map(manifest.metrics.flatMap((one) => (one.type === 'simple' ? [[one.name, one] as const] : [])))
  const sql = metric.expression
    .map((part) => {
      if (!('metric' in part)) return 'text' in part ? part.text : ''
      const leaf = simple.get(metric.leaves.find(({ key }) => key === part.metric)?.metric ?? '')
      return leaf === undefined ? '' : metricSql(models, leaf)
    })
    .join('')
    .trim()
  reportDialect(object, sql, lose)
  if (metric.models.length > 1) {
    lose(
      'AM6229',
      object,
      `It combines ${metric.models.join(', ')}; a tool that joins them first counts rows several times.`,
      'See that the reader aggregates each dataset by itself.',
    )
  }
  const { category, deprecated, direction, format, label, owner, refresh, tags, thresholds, tier } = metric
  return [
    filled({
      name: metric.name,
      expression: expressionOf(sql),
      description: metric.description,
      ai_context: metric.synonyms.length === 0 ? undefined : { synonyms: metric.synonyms },
      custom_extensions: extension({
        label,
        format,
        owner,
        category,
        tier,
        refresh,
        direction,
        thresholds,
        tags: nonEmpty(tags),
        deprecated,
      }),
    }),
  ]
}

function reportDialect(object: string, sql: string, lose: Lose): void {
  const beyond = beyondAnsi(sql)
  if (beyond.length > 0)
    lose(
      'AM6236',
      object,
      `It is not standard SQL: ${beyond.join(', ')}.`,
      'Write it with standard functions, or add the dialect of the reader.',
    )
}

/** The format has no access rules at all: whoever reads the tables sees every row. */
function reportAccess({ models, project }: Manifest, lose: Lose): void {
  for (const model of models) {
    if (model.tenant && project.tenantKey !== null) {
      lose(
        'AM6212',
        `model:${model.name}`,
        `Its rows are kept apart by \`${project.tenantKey}\`, and the format has no such thing.`,
        'Give each tenant views with its own rows, and point `source` there.',
      )
    }
    for (const { hide, role, rows } of model.access) {
      const parts = [
        ...(rows.length > 0 ? ['only some rows'] : []),
        ...(hide.length > 0 ? [`not ${hide.join(', ')}`] : []),
      ]
      lose(
        'AM6210',
        `access:${model.name}.${role}`,
        `Here the role sees ${parts.join(' and ')}; there it sees everything.`,
        'Protect the tables in the warehouse, or do not publish this model.',
      )
    }
  }
}
