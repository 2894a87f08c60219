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
  AM6105: {
    title: 'The warehouse is in use',
    severity: 'error',
    explanation: 'To compare values models are built beside those in use; a DuckDB file has one owner at a time.',
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
  AM6120: {
    title: 'Errors in the way of a rename',
    severity: 'error',
    explanation: 'What is broken may name the thing as well; mend it first.',
  },
  AM6121: {
    title: 'Nothing to rename',
    severity: 'error',
    explanation: 'There is no metric, dimension or semantic model of that name, or more than one.',
  },
  AM6122: {
    title: 'Name that cannot be edited',
    severity: 'error',
    explanation: 'A definition in TypeScript puts the name together, or a text hides it behind escapes.',
  },
  AM6123: {
    title: 'Name that cannot be given',
    severity: 'error',
    explanation: 'The new name is taken already, or is no name.',
  },
  AM6124: {
    title: 'A rename that changes meaning',
    severity: 'error',
    explanation: 'With the new name something would be resolved differently, so nothing was written.',
  },
} as const satisfies Entries
