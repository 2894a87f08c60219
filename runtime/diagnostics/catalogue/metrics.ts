import type { Entries } from './entry.ts'

/** 13xx: metrics. */
export const metrics = {} as const satisfies Entries
