import type { Entries } from './entry.ts'

/** 15xx: access rules. */
export const access = {} as const satisfies Entries
