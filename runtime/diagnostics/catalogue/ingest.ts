import type { Entries } from './entry.ts'

/** 70xx: events on their way in. */
export const ingest = {
  AM7001: {
    title: 'Event is not JSON',
    severity: 'error',
    explanation: 'Events are JSON in UTF-8; what cannot be parsed is kept with the dead letters.',
  },
  AM7002: {
    title: 'Not a CloudEvent',
    severity: 'error',
    explanation: 'An event needs the attributes specversion (1.0), id, source and type of CloudEvents, and data.',
  },
  AM7003: {
    title: 'Unknown event type',
    severity: 'error',
    explanation: 'The types there are and their schemas are published at /schemas/events.',
  },
  AM7004: {
    title: 'Event does not fit its schema',
    severity: 'error',
    explanation: 'Fields that a schema names must have the type it says; fields that it does not name are free.',
  },
  AM7005: {
    title: 'Id taken by another event',
    severity: 'error',
    explanation: 'An event with this id and source was accepted before, with other content. The first one stays.',
  },
  AM7006: {
    title: 'Event too large',
    severity: 'error',
    explanation: 'One event may have 1 MiB. Its beginning is kept with the dead letters.',
  },
  AM7007: {
    title: 'Event nested too deeply',
    severity: 'error',
    explanation: 'Objects and lists may be nested 32 levels deep.',
  },
  AM7008: {
    title: 'Forbidden key',
    severity: 'error',
    explanation: 'Keys such as __proto__ change objects of programs that read the event carelessly.',
  },
  AM7009: {
    title: 'Duplicate key',
    severity: 'error',
    explanation: 'An object that has a key twice means different things to different readers.',
  },
  AM7010: {
    title: 'Forbidden character',
    severity: 'error',
    explanation: 'NUL, halves of surrogate pairs and, in attributes, control characters cannot be stored everywhere.',
  },
  AM7011: {
    title: 'Refused by the warehouse',
    severity: 'error',
    explanation: 'The warehouse did not take the row. The other events of the request are in.',
  },
  AM7020: {
    title: 'Content type not supported',
    severity: 'error',
    explanation:
      'Events come as application/cloudevents+json, application/cloudevents-batch+json, application/x-ndjson, application/json, or as JSON with ce- headers; in UTF-8.',
  },
  AM7021: {
    title: 'Content encoding not supported',
    severity: 'error',
    explanation: 'Bodies may be compressed with gzip, deflate, br or zstd, once.',
  },
  AM7022: {
    title: 'Request too large',
    severity: 'error',
    explanation: 'The body of a request may have 20 MiB after decompression, and 20,000 events.',
  },
  AM7023: {
    title: 'Busy',
    severity: 'error',
    explanation:
      'More events wait than may wait. Nothing of the request was taken; Retry-After says when to send it again.',
  },
  AM7024: {
    title: 'Body cannot be read',
    severity: 'error',
    explanation: 'The body is empty, cut off, or not what its headers say.',
  },
  AM7025: {
    title: 'Events cannot be stored',
    severity: 'error',
    explanation: 'The warehouse failed. Nothing was acknowledged; send the events again.',
  },
  AM7026: {
    title: 'Tenant missing',
    severity: 'error',
    explanation: 'Events belong to the tenant of the API key, or to the one that --org names.',
  },
  AM7030: {
    title: 'File of events cannot be read',
    severity: 'error',
    explanation: 'The file is missing, is no regular file, or may not be read.',
  },
} as const satisfies Entries
