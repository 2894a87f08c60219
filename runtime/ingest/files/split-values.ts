import { type Piece, PieceBuilder } from './piece.ts'

const QUOTE = 0x22
const COMMA = 0x2c
const BACKSLASH = 0x5c
const NEWLINE = 0x0a
const OPEN = new Set([0x7b, 0x5b])
const CLOSE = new Set([0x7d, 0x5d])

/** The objects of a JSON file: those of one list, or those that stand one after the other. */
export async function* splitValues(chunks: AsyncIterable<Buffer>, limit: number): AsyncGenerator<Piece> {
  const splitter = new ValueSplitter(limit)
  for await (const chunk of chunks) yield* splitter.push(chunk)
  yield* splitter.end()
}

class ValueSplitter {
  readonly #builder: PieceBuilder
  #depth = 0
  /** 1 within a list of events. */
  #base = 0
  #isStarted = false
  #inString = false
  #isEscaped = false
  #line = 1
  #startLine = 1

  constructor(limit: number) {
    this.#builder = new PieceBuilder(limit)
  }

  *push(chunk: Buffer): Generator<Piece> {
    let start = 0
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0
      if (byte === NEWLINE) this.#line++
      if (this.#isOutside() && this.#isBetween(byte)) {
        start = at + 1
        if (!this.#builder.isEmpty) yield this.#builder.take(this.#startLine)
        continue
      }
      if (this.#isOutside() && this.#builder.isEmpty && at === start) this.#startLine = this.#line
      if (!this.#ends(byte)) continue
      this.#builder.add(chunk.subarray(start, at + 1))
      start = at + 1
      yield this.#builder.take(this.#startLine)
    }
    this.#builder.add(chunk.subarray(start))
  }

  *end(): Generator<Piece> {
    if (!this.#builder.isEmpty) yield this.#builder.take(this.#startLine)
  }

  #isOutside(): boolean {
    return this.#depth === this.#base && !this.#inString
  }

  /** Whether the byte only separates events. */
  #isBetween(byte: number): boolean {
    if (byte <= 0x20 || byte === COMMA) return true
    if (!this.#isStarted && byte === 0x5b) {
      this.#isStarted = true
      this.#base = this.#depth = 1
      return true
    }
    this.#isStarted = true
    if (this.#base === 0 || byte !== 0x5d) return false
    this.#base = this.#depth = 0
    return true
  }

  /** Takes a byte of an event; true where it is the last one. */
  #ends(byte: number): boolean {
    if (this.#isEscaped) this.#isEscaped = false
    else if (this.#inString) {
      if (byte === BACKSLASH) this.#isEscaped = true
      else if (byte === QUOTE) this.#inString = false
    } else if (byte === QUOTE) this.#inString = true
    else if (OPEN.has(byte)) this.#depth++
    else if (CLOSE.has(byte)) return --this.#depth <= this.#base
    return false
  }
}
