/** More events wait than may wait. Nothing was taken. */
export class BusyError extends Error {
  override readonly name = 'BusyError'
  /** Seconds. */
  readonly retryAfter: number

  constructor(retryAfter: number) {
    super(`Too many events wait. Come back in ${retryAfter} s.`)
    this.retryAfter = retryAfter
  }
}

/** Somebody else took over what the events were claimed from. They were left out. */
export class ClaimError extends Error {
  override readonly name = 'ClaimError'
}
