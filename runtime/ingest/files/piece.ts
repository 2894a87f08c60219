/** One event of a file, not parsed yet. */
export interface Piece {
  readonly bytes: Buffer
  /** How long it is in the file; `bytes` is only its beginning where that is too much. */
  readonly size: number
  readonly line: number
}

/** Puts one piece together out of chunks, and forgets what is beyond the limit. */
export class PieceBuilder {
  readonly #limit: number
  #parts: Buffer[] = []
  #size = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  add(part: Buffer): void {
    const room = this.#limit - this.#size
    // A copy, since a view would keep the whole chunk of the file in memory.
    if (room > 0) this.#parts.push(Buffer.from(part.subarray(0, room)))
    this.#size += part.length
  }

  get isEmpty(): boolean {
    return this.#size === 0
  }

  take(line: number): Piece {
    const piece = { bytes: Buffer.concat(this.#parts), size: this.#size, line }
    this.#parts = []
    this.#size = 0
    return piece
  }
}
