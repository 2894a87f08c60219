export const STATUSES = ['normal', 'pending', 'firing', 'recovering', 'no_data', 'error'] as const
export type Status = (typeof STATUSES)[number]

/** What a check found: it is met, it is not, or it could not be checked. */
export type Outcome =
  | {
      readonly kind: 'met' | 'not_met'
      /** An instance that fired under a latch stays firing until another latch comes: once per period. */
      readonly latch?: string
    }
  | { readonly kind: 'unchecked'; readonly why: 'no_data' | 'error' }

/** One instance of an alert between two checks. Times are milliseconds. */
export interface InstanceState {
  readonly status: Status
  /** When this status began. */
  readonly since: number
  /** When the episode began to fire; null where it does not. It outlives no_data and error. */
  readonly firingSince: number | null
  readonly checkedAt: number
  /** Checks in a row that could not be made. */
  readonly failures: number
  readonly latch: string | null
}

export interface Transition {
  readonly from: Status
  readonly to: Status
  readonly at: number
}

/** How long things must last; milliseconds. */
export interface Timing {
  readonly every: number
  readonly for: number
  readonly keepFiringFor: number
}

export const initialState = (now: number): InstanceState => ({
  status: 'normal',
  since: now,
  firingSince: null,
  checkedAt: now,
  failures: 0,
  latch: null,
})
