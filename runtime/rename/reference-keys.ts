/** Keys of definitions whose values name a metric; values of other keys are words. */
export const METRIC_KEYS: ReadonlySet<string> = new Set([
  'metric',
  'metrics',
  'numerator',
  'denominator',
  'use',
  'budget',
  'duration',
])

/** Keys whose values name a dimension. */
export const DIMENSION_KEYS: ReadonlySet<string> = new Set([
  'by',
  'dimension',
  'dimensions',
  'filters',
  'x',
  'y',
  'hide',
  'levels',
  'columns',
  'export',
  'group_by',
  'each',
  'time_dimension',
  'drill_by',
])

/** Keys of texts that name things in braces. */
export const TEXT_KEYS: ReadonlySet<string> = new Set(['sql', 'filter', 'where', 'expr', 'at', 'until', 'label'])
