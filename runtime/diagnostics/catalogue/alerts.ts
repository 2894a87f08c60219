import type { Entries } from './entry.ts'

/** 18xx: alerts, channels and reports. */
export const alerts = {} as const satisfies Entries
