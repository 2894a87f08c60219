/** Bytes of all requests that are being read or wait for their answer. */
export class ByteBudget {
  readonly #limit: number
  #used = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  /** False where the bytes do not fit; a single request always does. */
  take(bytes: number): boolean {
    if (this.#used > 0 && this.#used + bytes > this.#limit) return false
    this.#used += bytes
    return true
  }

  give(bytes: number): void {
    this.#used -= bytes
  }
}
