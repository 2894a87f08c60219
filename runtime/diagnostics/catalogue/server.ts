import type { Entries } from './entry.ts'

/** 50xx: the server, keys and the state of the application. */
export const server = {} as const satisfies Entries
