import type { Entries } from './entry.ts'

/** 14xx: SQL models, their sources and data tests. */
export const models = {
  AM1402: {
    title: 'Settings of a model that is not there',
    severity: 'error',
    explanation: 'Every entry under `models:` belongs to a SQL file of that name.',
  },
  AM1403: {
    title: 'Settings of a model given twice',
    severity: 'error',
    explanation: 'A model has one entry under `models:`.',
  },
  AM1404: {
    title: 'Unknown model',
    severity: 'error',
    explanation: '`ref` names a model of models/, by the name of its file.',
  },
  AM1405: {
    title: 'Unknown source',
    severity: 'error',
    explanation: '`source` names a group and a table under `sources:`.',
  },
  AM1406: {
    title: 'Models that read one another in a circle',
    severity: 'error',
    explanation: 'The references of a model lead back to itself, so there is no order to build them in.',
  },
  AM1407: {
    title: 'Broken template',
    severity: 'error',
    explanation: 'The template of a model cannot be read.',
  },
  AM1408: {
    title: 'Jinja',
    severity: 'error',
    explanation: 'Templates are Handlebars: `{{ref "model"}}`, without parentheses and commas.',
  },
  AM1409: {
    title: 'Unknown helper in a template',
    severity: 'error',
    explanation: 'A model can use `ref`, `source`, `this` and `#if incremental`.',
  },
  AM1410: {
    title: 'Model that is not one SELECT',
    severity: 'error',
    explanation: 'A model is one SELECT; how it becomes a relation is said by `materialized`.',
  },
  AM1411: {
    title: 'Incremental model without a key',
    severity: 'warning',
    explanation: 'Without `unique_key` rows that come again are added again.',
  },
  AM1412: {
    title: 'Source table declared twice',
    severity: 'error',
    explanation: 'A table is declared once within its group.',
  },
  AM1413: {
    title: 'Relationship to an unknown model',
    severity: 'error',
    explanation: '`relationships` names a model of models/.',
  },
  AM1414: {
    title: 'Model read by its bare name',
    severity: 'warning',
    explanation: 'Only `ref` says that a model has to be built before.',
  },
  AM1415: {
    title: 'Accepted values without values',
    severity: 'error',
    explanation: 'A column that accepts no value fails always.',
  },
  AM1416: {
    title: 'Data test that does not look at its model',
    severity: 'warning',
    explanation: 'A test that does not read `{{this}}` checks something else.',
  },
  AM1417: {
    title: 'Data test without a column',
    severity: 'error',
    explanation: 'The test is about the values of one column.',
  },
} as const satisfies Entries
