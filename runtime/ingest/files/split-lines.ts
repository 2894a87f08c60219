import { isBlank } from '../json/read-events.ts'
import { type Piece, PieceBuilder } from './piece.ts'

/** The lines of a file that are not blank. Of a line that is too long only the beginning is ever in memory. */
export async function* splitLines(chunks: AsyncIterable<Buffer>, limit: number): AsyncGenerator<Piece> {
  const builder = new PieceBuilder(limit)
  let line = 1
  for await (const chunk of chunks) {
    let start = 0
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, start)) {
      builder.add(chunk.subarray(start, end))
      yield* notBlank(builder.take(line))
      start = end + 1
      line++
    }
    builder.add(chunk.subarray(start))
  }
  yield* notBlank(builder.take(line))
}

function notBlank(piece: Piece): readonly Piece[] {
  return isBlank(piece.bytes) ? [] : [piece]
}
