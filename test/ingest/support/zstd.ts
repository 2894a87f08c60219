/** Frames made by hand: no compressor is needed to say that bytes repeat. */
function frame(header: readonly number[], blocks: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, ...header]), ...blocks])
}

const MOST = 128 * 1024 - 1

function block(type: 0 | 1, size: number, content: Buffer, isLast: boolean): Buffer {
  const header = Buffer.alloc(3)
  header.writeUIntLE((size << 3) | (type << 1) | (isLast ? 1 : 0), 0, 3)
  return Buffer.concat([header, content])
}

/** 2^(10 + 10) bytes. */
const WINDOW_1_MIB = 10 << 3

/** The bytes as they are, within a valid frame. */
export function zstdStored(content: Buffer): Buffer {
  const blocks: Buffer[] = []
  for (let at = 0; at < content.length; at += MOST) {
    const part = content.subarray(at, at + MOST)
    blocks.push(block(0, part.length, part, at + MOST >= content.length))
  }
  return frame([0, WINDOW_1_MIB], blocks)
}

/** Four bytes for each 128 KiB of output. */
export function zstdBomb(blocks: number): Buffer {
  return frame(
    [0, WINDOW_1_MIB],
    Array.from({ length: blocks }, (_, index) => block(1, MOST, Buffer.from('['), index === blocks - 1)),
  )
}

/** A frame that asks for a window of 2 GiB. */
export const zstdHugeWindow = frame([0, 21 << 3], [block(0, 1, Buffer.from('x'), true)])
