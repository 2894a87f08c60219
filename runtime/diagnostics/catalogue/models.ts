import type { Entries } from './entry.ts'

/** 14xx: SQL models, their sources and data tests. */
export const models = {} as const satisfies Entries
