import type { Entries } from './entry.ts'

/** 16xx: unit tests of metrics, access and alerts. */
export const tests = {
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
