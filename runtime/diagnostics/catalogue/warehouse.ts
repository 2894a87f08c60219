import type { Entries } from './entry.ts'

/** 30xx: the warehouse; 31xx: building models into it. */
export const warehouse = {
  AM3001: {
    title: 'Warehouse in use by another process',
    severity: 'error',
    explanation: 'A DuckDB file belongs to one process at a time. While a server runs, commands ask the server.',
  },
  AM3002: {
    title: 'Warehouse out of reach',
    severity: 'error',
    explanation: 'The server does not answer at the address given, or refuses connections.',
  },
  AM3003: {
    title: 'Warehouse refuses the login',
    severity: 'error',
    explanation: 'User or password are wrong, or the server does not let this user in from here.',
  },
  AM3004: {
    title: 'No such database',
    severity: 'error',
    explanation: 'The server is there, but it has no database of this name.',
  },
  AM3005: {
    title: 'Warehouse file cannot be opened',
    severity: 'error',
    explanation: 'The file is not a DuckDB database, was written by a newer version, or may not be read or written.',
  },
  AM3006: {
    title: 'Warehouse file is damaged',
    severity: 'error',
    explanation: 'The file or its log has been changed by something other than DuckDB, or the disk lost part of it.',
  },
  AM3007: {
    title: 'Malformed address of a warehouse',
    severity: 'error',
    explanation: 'A Postgres warehouse is given as postgres://user:password@host:5432/database.',
  },
  AM3010: {
    title: 'No such relation',
    severity: 'error',
    explanation: 'The table or view does not exist in the warehouse.',
  },
  AM3011: {
    title: 'Value does not fit its column',
    severity: 'error',
    explanation: 'A row to be loaded has a value that cannot be turned into the type of its column.',
  },
  AM3012: {
    title: 'Missing rights in the warehouse',
    severity: 'error',
    explanation: 'Building creates tables and a schema `_metrics` for bookkeeping. The user of the warehouse may not.',
  },
  AM3101: {
    title: 'SQL of a model fails',
    severity: 'error',
    explanation: 'The warehouse refused the SQL of a model, or failed while it ran it.',
  },
  AM3102: {
    title: 'Data test failed',
    severity: 'error',
    explanation: 'Rows break a rule that the project states. The last good version of the relation stays in place.',
  },
  AM3103: {
    title: 'Data test cannot run',
    severity: 'error',
    explanation: 'The SQL of a data test failed, so nobody knows whether the data is good.',
  },
  AM3104: {
    title: 'Unknown selection',
    severity: 'error',
    explanation: 'A selection names a model: `name`, `+name` with what it reads, `name+` with what reads it.',
  },
  AM3105: {
    title: 'Relation was not built by this project',
    severity: 'error',
    explanation: 'A model is named like a relation that somebody else made. Replacing it would destroy their data.',
  },
  AM3106: {
    title: 'Upstream model is not built',
    severity: 'error',
    explanation: 'A model reads another one that is not in the warehouse yet.',
  },
  AM3107: {
    title: 'Source file cannot be read',
    severity: 'error',
    explanation: 'The file of a source is missing, unreadable or not in the format of its ending.',
  },
  AM3108: {
    title: 'Source table is missing',
    severity: 'error',
    explanation: 'A source names a table that the warehouse does not have.',
  },
  AM3109: {
    title: 'Unusable unique key',
    severity: 'error',
    explanation: 'The unique key of an incremental model must identify one row and may not be null.',
  },
  AM3110: {
    title: 'Relation in use',
    severity: 'error',
    explanation: 'A view that this project does not manage reads the relation and does not fit its new columns.',
  },
  AM3112: {
    title: 'Relation held by another session',
    severity: 'error',
    explanation: 'Replacing a relation needs a moment in which nobody reads it, and somebody never lets go.',
  },
} as const satisfies Entries
