import type { Entries } from './entry.ts'

/** 12xx: references, semantic models, dimensions and joins. */
export const references = {} as const satisfies Entries
