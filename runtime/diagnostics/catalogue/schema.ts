import type { Entries } from './entry.ts'

/** 11xx: content that does not fit the definition language. */
export const schema = {
  AM1101: {
    title: 'Unknown key',
    severity: 'error',
    explanation:
      'The key means nothing in this place. Unknown keys are errors because most of them are typing mistakes.',
  },
  AM1102: {
    title: 'Missing key',
    severity: 'error',
    explanation: 'The definition lacks a key that it cannot do without.',
  },
  AM1103: {
    title: 'Value of the wrong type',
    severity: 'error',
    explanation: 'The value is of another type than the key takes, such as text instead of a list.',
  },
  AM1104: {
    title: 'Value that is not one of those allowed',
    severity: 'error',
    explanation: 'The key takes one of a fixed set of values.',
  },
  AM1105: {
    title: 'Malformed name',
    severity: 'error',
    explanation: 'Names are snake_case: a small letter, then small letters, digits and underscores, 63 at most.',
  },
  AM1106: {
    title: 'Malformed value',
    severity: 'error',
    explanation: 'The value does not have the form that the key takes, such as `15m` for a length of time.',
  },
  AM1107: {
    title: 'Number out of range',
    severity: 'error',
    explanation: 'The number is smaller or greater than the key allows.',
  },
  AM1108: {
    title: 'Too few or too many items',
    severity: 'error',
    explanation: 'The list has fewer or more items than the key takes.',
  },
  AM1109: {
    title: 'Missing or unknown version',
    severity: 'error',
    explanation: 'Every file of definitions starts with `version: 1`, the version of the definition language.',
  },
  AM1110: {
    title: 'Missing or unknown type',
    severity: 'error',
    explanation: '`type` says which kind of thing this is and thereby which other keys it takes.',
  },
  AM1111: {
    title: 'Value that fits none of the forms allowed',
    severity: 'error',
    explanation: 'The key takes values of several forms, and this one fits none of them.',
  },
  AM1112: {
    title: 'Definition in the wrong folder',
    severity: 'error',
    explanation: 'Each folder has its own kind of definitions: metrics/, models/, dashboards/ and alerts/.',
  },
  AM1113: {
    title: 'Date that does not exist',
    severity: 'error',
    explanation: 'Days are written `YYYY-MM-DD` and have to be days of the calendar.',
  },
} as const satisfies Entries
