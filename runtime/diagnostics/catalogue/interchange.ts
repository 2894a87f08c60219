import type { Entries } from './entry.ts'

/** 62xx: importing from other tools and exporting to them; from AM6210 on, what could not be carried over. */
export const interchange = {
  AM6201: {
    title: 'Nothing to import from',
    severity: 'error',
    explanation: 'The file or folder is missing or cannot be read.',
  },
  AM6202: {
    title: 'Not what the import expects',
    severity: 'error',
    explanation: 'The file is not of the format and version that `--from` names.',
  },
  AM6203: {
    title: 'File exists already',
    severity: 'error',
    explanation: 'Import and export write over files only with `--force`.',
  },
  AM6204: {
    title: 'Nothing of use was found',
    severity: 'error',
    explanation: 'The source declares no semantic model, view, cube or metric.',
  },
  AM6205: {
    title: 'Something was lost, and --strict does not allow it',
    severity: 'error',
    explanation: 'With `--strict` losses make the command fail.',
  },
  AM6210: {
    title: 'Access rule lost',
    severity: 'error',
    explanation: 'Rows or fields are protected there by a rule that cannot be carried over: check who may see them.',
  },
  AM6211: {
    title: 'Hidden field becomes visible',
    severity: 'warning',
    explanation: 'The field is hidden there and can be seen once it is carried over.',
  },
  AM6212: {
    title: 'Separation of tenants lost',
    severity: 'error',
    explanation: 'What keeps tenants apart here must be set up by other means there.',
  },
  AM6213: {
    title: 'Access rule carried over, to be checked',
    severity: 'warning',
    explanation: 'The rule rests on attributes or groups of the caller, which must exist under the same names.',
  },
  AM6220: {
    title: 'Kind of metric without counterpart',
    severity: 'warning',
    explanation: 'The other side has no metric of this kind.',
  },
  AM6221: {
    title: 'Non-additive dimension',
    severity: 'warning',
    explanation: 'The metric takes the first or last value of a dimension instead of adding up.',
  },
  AM6222: {
    title: 'Filling of gaps lost',
    severity: 'warning',
    explanation: 'Periods without rows are filled there; here they have no row or no value.',
  },
  AM6223: {
    title: 'Another kind of aggregation',
    severity: 'warning',
    explanation: 'The aggregation exists there in a variant (discrete, approximate) that the other side has not.',
  },
  AM6224: {
    title: 'Template that cannot be resolved',
    severity: 'warning',
    explanation: 'Jinja or Liquid is evaluated per query or user there and stands for no fixed SQL.',
  },
  AM6225: {
    title: 'Object without counterpart',
    severity: 'warning',
    explanation: 'The other side has nothing of this kind.',
  },
  AM6226: {
    title: 'Join lost',
    severity: 'warning',
    explanation: 'Joins are equalities of one column here and one there.',
  },
  AM6227: {
    title: 'Dimension lost',
    severity: 'warning',
    explanation: 'The dimension is of a kind that the other side has not.',
  },
  AM6228: {
    title: 'Depends on something lost',
    severity: 'warning',
    explanation: 'It is made of something that could not be carried over.',
  },
  AM6229: {
    title: 'Metric across models',
    severity: 'warning',
    explanation: 'The metric combines facts of several models, which the other side would join with fan-out.',
  },
  AM6230: {
    title: 'Meaning of time differs',
    severity: 'warning',
    explanation: 'Windows, offsets, grains or time dimensions work differently on the other side.',
  },
  AM6231: {
    title: 'Stored aggregate lost',
    severity: 'warning',
    explanation: 'Answers stay the same and may become slower.',
  },
  AM6232: {
    title: 'Test lost',
    severity: 'warning',
    explanation: 'Unit tests and data tests have no counterpart there.',
  },
  AM6233: {
    title: 'Dashboard, alert or report lost',
    severity: 'warning',
    explanation: 'What shows and watches metrics is not part of the other format.',
  },
  AM6234: {
    title: 'Presentation lost',
    severity: 'warning',
    explanation: 'Numbers stay the same; labels, formats, links or metadata do not come along.',
  },
  AM6235: {
    title: 'Name changed',
    severity: 'warning',
    explanation: 'Names are snake_case and metric names unique over the project.',
  },
  AM6236: {
    title: 'SQL of one warehouse',
    severity: 'warning',
    explanation: 'The SQL uses functions or operators that other warehouses may not have.',
  },
  AM6237: {
    title: 'Filter that cannot be carried over',
    severity: 'warning',
    explanation: 'Without its filter the metric would mean something else, so it is left out.',
  },
  AM6239: {
    title: 'Not valid here',
    severity: 'warning',
    explanation: 'The definition breaks a rule of this project and was left out.',
  },
} as const satisfies Entries
