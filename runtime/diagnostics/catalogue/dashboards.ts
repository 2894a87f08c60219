import type { Entries } from './entry.ts'

/** 17xx: dashboards. */
export const dashboards = {} as const satisfies Entries
