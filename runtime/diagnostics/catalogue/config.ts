import type { Entries } from './entry.ts'

/** 20xx: the project's configuration. */
export const config = {
  AM2001: {
    title: 'No project here',
    severity: 'error',
    explanation: 'A folder is a project when it holds metrics.config.ts, .js, .mjs, .json, .yml or .yaml.',
  },
  AM2002: {
    title: 'Configuration cannot be loaded',
    severity: 'error',
    explanation: 'The configuration file does not parse, or threw while it was loaded.',
  },
  AM2003: {
    title: 'Unknown key in the configuration',
    severity: 'error',
    explanation: 'The key means nothing in this place.',
  },
  AM2004: {
    title: 'Missing key in the configuration',
    severity: 'error',
    explanation: 'The configuration lacks a key that it cannot do without.',
  },
  AM2005: {
    title: 'Wrong value in the configuration',
    severity: 'error',
    explanation: 'The value is not one that the key takes.',
  },
  AM2006: {
    title: 'Environment variable is not set',
    severity: 'error',
    explanation: 'A value refers to an environment variable that is not set, or is empty.',
  },
  AM2007: {
    title: 'Unknown time zone',
    severity: 'error',
    explanation: 'Time zones are IANA names such as `Europe/Berlin`.',
  },
  AM2008: {
    title: 'Several configuration files',
    severity: 'error',
    explanation: 'A project has one configuration file.',
  },
  AM2009: {
    title: 'Malformed reference to the environment',
    severity: 'error',
    explanation: 'A reference to the environment is a dollar sign and, in braces, `env:` and the name of the variable.',
  },
} as const satisfies Entries
