import type { Entries } from './entry.ts'

/** 30xx: the warehouse; 31xx: building models into it. */
export const warehouse = {} as const satisfies Entries
