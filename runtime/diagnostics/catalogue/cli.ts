import type { Entries } from './entry.ts'

/** 60xx: the command line and new projects. */
export const cli = {
  AM6000: {
    title: 'Bug',
    severity: 'error',
    explanation: 'Something went wrong that no input should cause. The stack on stderr says where.',
  },
  AM6001: {
    title: 'Wrong usage of the command line',
    severity: 'error',
    explanation: 'An option, argument or command is unknown, missing or malformed. `--help` lists them.',
  },
  AM6002: {
    title: 'Tenant needed',
    severity: 'error',
    explanation: 'The project has several tenants and a question is always asked within one: `--as role:tenant`.',
  },
  AM6003: {
    title: 'No demo',
    severity: 'error',
    explanation: '`demo` in metrics.config.ts names the module that generates demo events.',
  },
  AM6004: {
    title: 'Broken demo generator',
    severity: 'error',
    explanation: 'The module that `demo` names exports `generate`, a function that gives events.',
  },
  AM6005: {
    title: 'Project with errors',
    severity: 'error',
    explanation: 'The definitions have errors. `metrics validate` lists them.',
  },
  AM6006: {
    title: 'Wrong value of an option',
    severity: 'error',
    explanation: 'An option was given a value it cannot have.',
  },
  AM6007: {
    title: 'Nothing to ask yet',
    severity: 'error',
    explanation: 'The relations that metrics read are missing or empty, so it is not known which tenants there are.',
  },
  AM6010: {
    title: 'Project folder already in use',
    severity: 'error',
    explanation: '`metrics init` never overwrites a project.',
  },
  AM6020: {
    title: 'Data file cannot be read',
    severity: 'error',
    explanation: '`metrics init --from` reads CSV, TSV, Parquet, JSON and NDJSON files.',
  },
  AM6021: {
    title: 'No data to start from',
    severity: 'error',
    explanation: 'None of the files given to `metrics init --from` has columns.',
  },
  AM6030: {
    title: 'Not a file of definitions',
    severity: 'error',
    explanation:
      'Only YAML and SQL files below `metrics/`, `models/`, `dashboards/` and `alerts/` are checked as proposals.',
  },
} as const satisfies Entries
