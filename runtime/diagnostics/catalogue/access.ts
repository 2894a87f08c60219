import type { Entries } from './entry.ts'

/** 15xx: access rules. */
export const access = {
  AM1501: {
    title: 'Access rule about an unknown dimension',
    severity: 'error',
    explanation: 'A rule that no semantic model has the dimension for protects nothing.',
  },
  AM1502: {
    title: 'Operator that does not fit',
    severity: 'error',
    explanation: '`in` and `not_in` take lists, the others one value; greater and less need numbers or times.',
  },
  AM1503: {
    title: 'Value that does not fit the dimension',
    severity: 'error',
    explanation: 'The value of a rule is of the type of its dimension.',
  },
  AM1504: {
    title: 'Malformed attribute of the caller',
    severity: 'error',
    explanation: 'Attributes of the caller are written `user.team_ids`.',
  },
  AM1505: {
    title: 'Unknown attribute of the caller',
    severity: 'warning',
    explanation: 'A caller without the attribute sees no rows.',
  },
  AM1506: {
    title: 'Access rule that restricts nothing',
    severity: 'warning',
    explanation: 'A rule has `rows`, `hide` or both.',
  },
} as const satisfies Entries
