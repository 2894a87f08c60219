import type { Entries } from './entry.ts'

/** 61xx: comparing versions, renaming, lineage. */
export const changes = {
  AM6101: {
    title: 'Not a git repository',
    severity: 'error',
    explanation: 'Versions of a project are compared through git.',
  },
  AM6102: {
    title: 'Unknown git revision',
    severity: 'error',
    explanation: 'A branch, tag or commit that this repository has not.',
  },
  AM6103: {
    title: 'No project at that revision',
    severity: 'error',
    explanation: 'The folder had no `metrics.config` file then, or it could not be read.',
  },
  AM6110: {
    title: 'Unknown name in the lineage',
    severity: 'error',
    explanation: 'No metric, dimension, model, column, dashboard, alert or report has this name.',
  },
  AM6111: {
    title: 'Ambiguous name in the lineage',
    severity: 'error',
    explanation: 'Several dimensions or columns have this name; with its kind and model it is clear.',
  },
} as const satisfies Entries
