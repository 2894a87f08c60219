import type { Entries } from './entry.ts'

/** 40xx: queries. */
export const query = {
  AM4001: {
    title: 'Unknown metric',
    severity: 'error',
    explanation: 'The query asks for a metric that the project does not have.',
  },
  AM4002: {
    title: 'Unknown dimension',
    severity: 'error',
    explanation: 'The query groups, filters or orders by a dimension that no semantic model has.',
  },
  AM4003: {
    title: 'Ambiguous dimension',
    severity: 'error',
    explanation:
      'Several semantic models that the query reaches have a dimension of this name; qualify it as `model.name`.',
  },
  AM4004: {
    title: 'Impossible dimension',
    severity: 'error',
    explanation:
      'The dimension is not shared by all models that the metrics of the query read, so rows could not be matched.',
  },
  AM4005: {
    title: 'No time dimension',
    severity: 'error',
    explanation:
      'A grain or a date range needs a time dimension, which a semantic model of the query does not declare.',
  },
  AM4006: {
    title: 'Invalid filter',
    severity: 'error',
    explanation: 'The filter of the query cannot be read, or compares a metric inside `or` or `not`.',
  },
  AM4007: {
    title: 'Forbidden',
    severity: 'error',
    explanation: 'Access rules hide the dimension or metric from the role of the caller, in filters and in order too.',
  },
  AM4008: {
    title: 'No organisation',
    severity: 'error',
    explanation: 'The project separates tenants and the caller belongs to none.',
  },
  AM4009: {
    title: 'Invalid query',
    severity: 'error',
    explanation: 'A part of the query cannot be understood: its dates, time zone, order, limit or what it asks for.',
  },
  AM4010: {
    title: 'The warehouse refused the query',
    severity: 'error',
    explanation:
      'The SQL of a definition does not run: a relation or a column is missing, or a value has the wrong type.',
  },
} as const satisfies Entries
