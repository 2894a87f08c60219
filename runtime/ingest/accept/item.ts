import type { Code } from '../../diagnostics/index.ts'

/** Why an event was not taken. */
export interface Rejection {
  readonly code: Code
  readonly reason: string
}

/** Stands in a list of events for one that could not even be read. */
export class Unreadable {
  readonly rejection: Rejection
  readonly payload: string
  readonly truncated: boolean

  constructor(rejection: Rejection, payload: string, truncated = false) {
    this.rejection = rejection
    this.payload = payload
    this.truncated = truncated
  }
}

/** What became of an event; `position` counts from 0 in the list that was handed over. */
export type ItemResult =
  | { readonly position: number; readonly status: 'accepted' | 'duplicate'; readonly id: string }
  | {
      readonly position: number
      readonly status: 'rejected'
      readonly id?: string
      readonly code: Code
      readonly reason: string
    }
