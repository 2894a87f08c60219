import type { Entries } from './entry.ts'

/** 16xx: unit tests of metrics, access and alerts. */
export const tests = {
  AM1601: {
    title: 'Rows given for an unknown relation',
    severity: 'error',
    explanation: '`given` names relations that semantic models read: models of models/ or `schema.table`.',
  },
  AM1602: {
    title: 'Given column that nothing reads',
    severity: 'warning',
    explanation: 'No definition reads the column, so it changes no answer. It is probably misspelt.',
  },
  AM1603: {
    title: 'Expected column that the query does not answer',
    severity: 'error',
    explanation: 'The rows of an answer have the metrics and dimensions of the query, and `time` where it has a grain.',
  },
  AM1604: {
    title: 'Test without the rows that its query reads',
    severity: 'warning',
    explanation: 'Relations that are not given are empty.',
  },
  AM1605: {
    title: 'Unit test of an unknown alert',
    severity: 'error',
    explanation: '`alert` names an alert under `alerts:`.',
  },
  AM1606: {
    title: 'Query that asks for nothing',
    severity: 'error',
    explanation: 'A query names a metric or a dimension.',
  },
  AM1607: {
    title: 'Time that cannot be read',
    severity: 'error',
    explanation: 'Days are written `2026-03-31`, instants `2026-03-31T09:00:00`.',
  },
  AM1608: {
    title: 'Unknown time zone',
    severity: 'error',
    explanation: 'Time zones have IANA names such as `Europe/Berlin`.',
  },
  AM1609: {
    title: 'Given rows without a tenant',
    severity: 'warning',
    explanation: 'Callers see the rows of their tenant, so nobody sees a row that has none.',
  },
  AM1650: {
    title: 'Rows given for a relation that nothing reads',
    severity: 'error',
    explanation: 'The given rows of a test replace a relation of a semantic model.',
  },
  AM1651: {
    title: 'Test that does not say who asks',
    severity: 'error',
    explanation: 'Its rows belong to several tenants, and a query is always asked within one.',
  },
  AM1652: {
    title: 'Unit test failed',
    severity: 'error',
    explanation: 'The answer of the query is not what the test expects.',
  },
} as const satisfies Entries
