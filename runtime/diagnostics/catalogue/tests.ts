import type { Entries } from './entry.ts'

/** 16xx: unit tests of metrics, access and alerts. */
export const tests = {} as const satisfies Entries
