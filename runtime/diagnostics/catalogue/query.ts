import type { Entries } from './entry.ts'

/** 40xx: queries. */
export const query = {} as const satisfies Entries
