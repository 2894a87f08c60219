import type { Entries } from './entry.ts'

/** 17xx: dashboards. */
export const dashboards = {
  AM1701: {
    title: 'Dashboard declared twice',
    severity: 'error',
    explanation: 'Names of dashboards are unique.',
  },
  AM1702: {
    title: 'Two dashboards on one path',
    severity: 'error',
    explanation: 'Every dashboard has a path of its own.',
  },
  AM1703: {
    title: 'Path that the product needs',
    severity: 'error',
    explanation: 'Some paths are routes of the server.',
  },
  AM1704: {
    title: 'Drill to a page that is not there',
    severity: 'error',
    explanation: '`drill` is the path of a dashboard.',
  },
  AM1705: {
    title: 'Widget without a metric',
    severity: 'error',
    explanation: 'The widget shows a metric, and names none.',
  },
  AM1706: {
    title: 'Metric and metrics together',
    severity: 'error',
    explanation: 'A widget takes `metric` or `metrics`.',
  },
  AM1707: {
    title: 'Shown twice',
    severity: 'error',
    explanation: 'The widget names the metric or dimension already.',
  },
  AM1708: {
    title: 'Map of something that is no place',
    severity: 'error',
    explanation: 'A map needs a dimension of type geo.',
  },
  AM1709: {
    title: 'Unknown hierarchy',
    severity: 'error',
    explanation: '`hierarchy` names a hierarchy of a model that the widget asks.',
  },
  AM1710: {
    title: 'Table without columns',
    severity: 'error',
    explanation: 'A table has metrics, dimensions or a model.',
  },
  AM1711: {
    title: 'Filter that works for no widget',
    severity: 'error',
    explanation: 'None of the metrics of the dashboard has the dimension.',
  },
  AM1712: {
    title: 'Filter that means several things',
    severity: 'warning',
    explanation: 'The name means another dimension for some of the widgets.',
  },
  AM1713: {
    title: 'Reference line of nothing',
    severity: 'error',
    explanation: 'A reference line is a value or a metric.',
  },
  AM1714: {
    title: 'Scale that is upside down',
    severity: 'error',
    explanation: 'The smaller limit is below the greater one.',
  },
  AM1715: {
    title: 'Comparison without time',
    severity: 'error',
    explanation: 'Comparing with an earlier time needs the `time_dimension` of all models of the metrics.',
  },
  AM1716: {
    title: 'Annotation that cannot be placed',
    severity: 'error',
    explanation: 'An annotation has a day or an instant, and ends after it starts.',
  },
  AM1717: {
    title: 'Same filter twice',
    severity: 'warning',
    explanation: 'The dashboard offers the filter already.',
  },
  AM1718: {
    title: 'Kanban without thresholds',
    severity: 'error',
    explanation: 'Its columns good, needs work and poor come from the thresholds of the metric.',
  },
  AM1719: {
    title: 'Global filter of nothing',
    severity: 'error',
    explanation: 'A filter of all pages names a `dimension` or a `hierarchy`, and not both.',
  },
  AM1720: {
    title: 'Unknown alert',
    severity: 'error',
    explanation: 'The widget names an alert that is declared nowhere.',
  },
  AM1721: {
    title: 'Percentile that is not asked',
    severity: 'error',
    explanation: '`percentiles` names the metrics of the widget that are shown at first.',
  },
} as const satisfies Entries
