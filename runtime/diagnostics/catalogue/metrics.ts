import type { Entries } from './entry.ts'

/** 13xx: metrics. */
export const metrics = {
  AM1301: {
    title: 'Metric declared twice',
    severity: 'error',
    explanation: 'Metric names are unique over the project: they are the API.',
  },
  AM1302: {
    title: 'Unknown metric',
    severity: 'error',
    explanation: 'No metric of that name is declared.',
  },
  AM1303: {
    title: 'Metric and dimension of one name',
    severity: 'error',
    explanation:
      'In an answer metrics and dimensions stand side by side, so a metric cannot have the name of a dimension it can be grouped by.',
  },
  AM1304: {
    title: 'Percentile without its fraction',
    severity: 'error',
    explanation: '`agg: percentile` needs `percentile: 0.9` or another fraction.',
  },
  AM1305: {
    title: 'Fraction without percentile',
    severity: 'error',
    explanation: '`percentile` belongs to `agg: percentile` alone.',
  },
  AM1306: {
    title: 'Aggregation that does not fit the type',
    severity: 'error',
    explanation: 'Sums, averages, medians and percentiles are made of numbers.',
  },
  AM1307: {
    title: 'Metrics made of one another in a circle',
    severity: 'error',
    explanation: 'The definition of a metric leads back to itself.',
  },
  AM1308: {
    title: 'Dimension where a metric belongs',
    severity: 'error',
    explanation: 'The name is that of a dimension.',
  },
  AM1309: {
    title: 'Expression without metrics',
    severity: 'error',
    explanation: 'A derived metric is an expression over metrics, which stand in braces.',
  },
  AM1310: {
    title: 'Bare column in an expression over metrics',
    severity: 'error',
    explanation: 'An expression over metrics has no columns; metrics stand in braces.',
  },
  AM1311: {
    title: 'Incompatible models',
    severity: 'error',
    explanation: 'The models of the metric have neither a dimension nor time in common.',
  },
  AM1312: {
    title: 'Models that share time alone',
    severity: 'warning',
    explanation: 'The metric can be seen in total and over time, but not by any dimension.',
  },
  AM1313: {
    title: 'Metric over time of a model without time',
    severity: 'error',
    explanation: 'Cumulative and offset metrics need the `time_dimension` of the models that they read.',
  },
  AM1314: {
    title: 'Cumulative metric of a cumulative metric',
    severity: 'error',
    explanation: 'A window over a window has no meaning.',
  },
  AM1315: {
    title: 'Offsets that cannot be added',
    severity: 'error',
    explanation: 'An offset of an offset adds up only in units that fit one another.',
  },
  AM1316: {
    title: 'Thresholds against the direction',
    severity: 'error',
    explanation: 'Where up is good, `good` is the greater limit; where down is good, the smaller one.',
  },
  AM1317: {
    title: 'Use of a deprecated metric',
    severity: 'warning',
    explanation: 'The metric will go; `use` names what takes its place.',
  },
  AM1318: {
    title: 'Use of a metric whose time is over',
    severity: 'error',
    explanation: 'The day `until` which the metric could be used has come.',
  },
  AM1319: {
    title: 'Deprecation that cannot be',
    severity: 'error',
    explanation: '`until` comes after `since`, and `use` names another metric that is not deprecated itself.',
  },
  AM1320: {
    title: 'Deprecated metric that nothing uses',
    severity: 'warning',
    explanation: 'The day `until` which it could be used has come and nothing uses it: it can be removed.',
  },
  AM1321: {
    title: 'Time asked of a metric without time',
    severity: 'error',
    explanation: 'A grain or a range of time needs the `time_dimension` of all models of the metric.',
  },
  AM1322: {
    title: 'Dimension that not all models share',
    severity: 'error',
    explanation: 'Metrics of several models are grouped and filtered by the dimensions that all of them share.',
  },
  AM1323: {
    title: 'Order by something that is not asked',
    severity: 'error',
    explanation: 'An answer is ordered by its metrics, its dimensions, or `time` where it has a grain.',
  },
} as const satisfies Entries
