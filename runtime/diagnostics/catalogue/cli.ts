import type { Entries } from './entry.ts'

/** 60xx: the command line and new projects. */
export const cli = {} as const satisfies Entries
