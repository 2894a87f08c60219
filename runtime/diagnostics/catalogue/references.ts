import type { Entries } from './entry.ts'

/** 12xx: references, semantic models, dimensions and joins. */
export const references = {
  AM1201: {
    title: 'Semantic model declared twice',
    severity: 'error',
    explanation: 'Names of semantic models are unique over the project.',
  },
  AM1202: {
    title: 'Dimension declared twice',
    severity: 'error',
    explanation: 'Names of dimensions are unique within their semantic model.',
  },
  AM1203: {
    title: 'Reserved name',
    severity: 'error',
    explanation:
      'The product needs the name for itself: `time` is the bucket of every answer, `__` joins names, `stack_` begins the names of metrics across models.',
  },
  AM1204: {
    title: 'Unknown relation',
    severity: 'error',
    explanation: '`relation` is the name of a model of models/, or `schema.table` of the warehouse.',
  },
  AM1205: {
    title: 'Unknown dimension',
    severity: 'error',
    explanation: 'No dimension of that name is declared where it could be used here.',
  },
  AM1206: {
    title: 'Ambiguous dimension',
    severity: 'error',
    explanation: 'Several models that are reachable here have a dimension of that name, so it is written `model.name`.',
  },
  AM1207: {
    title: 'Dimension behind a join that multiplies rows',
    severity: 'error',
    explanation: 'Grouping by a dimension on the many side of a join would count rows several times.',
  },
  AM1208: {
    title: 'Dimension of a model that is not joined',
    severity: 'error',
    explanation: 'The dimension exists, but no join leads to its model from here.',
  },
  AM1209: {
    title: 'Unknown semantic model',
    severity: 'error',
    explanation: 'No semantic model of that name is declared.',
  },
  AM1210: {
    title: 'Semantic model without tenant',
    severity: 'error',
    explanation: 'The project has tenants, so every semantic model has the tenant column or says `shared: true`.',
  },
  AM1211: {
    title: 'Malformed reference in SQL',
    severity: 'error',
    explanation: 'References are written `{name}` or, across a join, `{model.name}`.',
  },
  AM1212: {
    title: 'Metric where a dimension belongs',
    severity: 'error',
    explanation: 'The name is that of a metric. Metrics cannot be grouped by, nor be part of the SQL of rows.',
  },
  AM1213: {
    title: 'Dimensions that refer to one another in a circle',
    severity: 'error',
    explanation: 'The SQL of a dimension leads back to itself through references.',
  },
  AM1214: {
    title: 'Unknown time dimension',
    severity: 'error',
    explanation: '`time_dimension` names a dimension of the same model.',
  },
  AM1215: {
    title: 'Time dimension that is no time',
    severity: 'error',
    explanation: '`time_dimension` names a dimension of type time.',
  },
  AM1217: {
    title: 'Join of a model to itself',
    severity: 'error',
    explanation: 'A model that meets itself in another role is declared a second time under the name of that role.',
  },
  AM1218: {
    title: 'Model joined twice',
    severity: 'error',
    explanation: 'Two joins to one model would make its dimensions ambiguous.',
  },
  AM1219: {
    title: 'Ambiguous way of joins',
    severity: 'error',
    explanation: 'Two ways of the same length lead to a model, and they may lead to different rows.',
  },
  AM1220: {
    title: 'Join without a primary key',
    severity: 'error',
    explanation: '`on: column` means the primary key of the other model, which has to be declared there.',
  },
  AM1221: {
    title: 'Hierarchy declared twice',
    severity: 'error',
    explanation: 'Names of hierarchies are unique within their semantic model.',
  },
  AM1222: {
    title: 'Level of a hierarchy named twice',
    severity: 'error',
    explanation: 'Every level of a hierarchy is another dimension.',
  },
  AM1223: {
    title: 'Value that is not of the type of its dimension',
    severity: 'error',
    explanation: '`values` of a dimension are of its type.',
  },
  AM1224: {
    title: 'Broken SQL',
    severity: 'error',
    explanation:
      'The SQL cannot stand as an expression: quotes, parentheses or comments are not closed, a `;` is in it, or it is empty.',
  },
  AM1225: {
    title: 'Aggregation inside of an aggregation',
    severity: 'error',
    explanation:
      'The SQL of dimensions, metrics and filters is about single rows; `agg` says how they are aggregated. Expressions over metrics are aggregated already.',
  },
  AM1226: {
    title: 'Reference in quotes',
    severity: 'warning',
    explanation: 'In quotes `{name}` is text and not replaced.',
  },
  AM1227: {
    title: 'Broken filter',
    severity: 'error',
    explanation: "A filter compares dimensions with values: `{team} = 'core' and {loc} > 100`. It is not SQL.",
  },
  AM1228: {
    title: 'Value of the wrong type in a filter',
    severity: 'error',
    explanation: 'The value that a dimension is compared with is of its type.',
  },
  AM1229: {
    title: 'Value that the dimension never has',
    severity: 'warning',
    explanation: 'The dimension declares its `values`, and this is none of them, so the condition can never hold.',
  },
  AM1231: {
    title: 'Pre-aggregation declared twice',
    severity: 'error',
    explanation: 'Names of pre-aggregations are unique within their semantic model.',
  },
  AM1232: {
    title: 'Metric that a pre-aggregation cannot store',
    severity: 'error',
    explanation: 'A pre-aggregation stores metrics that its semantic model alone answers.',
  },
  AM1233: {
    title: 'Grain without time',
    severity: 'error',
    explanation: 'A grain needs the `time_dimension` of the semantic model.',
  },
  AM1234: {
    title: 'Partition that does not fit the grain',
    severity: 'error',
    explanation: 'A pre-aggregation is divided along time into parts of at least one grain.',
  },
  AM1235: {
    title: 'Operator that does not fit the dimension',
    severity: 'error',
    explanation: 'Order is for numbers and times, `like` and `contains` are for text.',
  },
  AM1236: {
    title: 'Short form of a join that multiplies',
    severity: 'error',
    explanation:
      '`on: column` means the primary key of the other model. Where one row here meets many there, the key lies here, so both columns are named.',
  },
  AM1237: {
    title: 'Column that looks like a dimension',
    severity: 'warning',
    explanation: 'Keys and joins name columns of the relation, whatever the SQL of a dimension of that name reads.',
  },
  AM1238: {
    title: 'Steps that do not belong to the record',
    severity: 'error',
    explanation: '`detail.steps.model` is a semantic model with a primary key that joins this one, row by row.',
  },
  AM1239: {
    title: 'Label or status of a value that the dimension never has',
    severity: 'warning',
    explanation: 'The dimension declares its `values`; `labels` and `statuses` name some of them.',
  },
} as const satisfies Entries
