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
