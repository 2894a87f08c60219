import { setImmediate } from 'node:timers/promises'
import { Decompress } from 'fzstd'

const MAGIC = 0xfd2fb528
const SKIPPABLE = 0x184d2a50
/** Frames that a body may consist of; each has a window of its own. */
const MOST_FRAMES = 64
const MOST_WINDOW = 32 * 1024 * 1024
const SLICE = 16 * 1024

export class TooLarge extends Error {}

/** Decompresses zstd and stops as soon as there are more than `limit` bytes. */
export async function unzstd(bytes: Buffer, limit: number): Promise<Buffer> {
  checkFrames(bytes)
  const parts: Uint8Array[] = []
  let size = 0
  const stream = new Decompress((part) => {
    size += part.length
    if (size > limit) throw new TooLarge()
    // The decompressor shifts what it gave out while it goes on.
    parts.push(part.slice())
  })
  for (let at = 0; at < bytes.length; at += SLICE) {
    stream.push(bytes.subarray(at, at + SLICE), at + SLICE >= bytes.length)
    // It runs on the thread that answers everybody.
    await setImmediate()
  }
  return Buffer.concat(parts)
}

/** A few bytes can ask for a window of gigabytes: nothing is allocated before every header was seen. */
function checkFrames(bytes: Buffer): void {
  let at = 0
  for (let frames = 0; at < bytes.length; frames++) {
    if (frames === MOST_FRAMES) throw new RangeError('too many frames')
    const magic = bytes.readUInt32LE(at)
    at = magic >>> 4 === SKIPPABLE >>> 4 ? at + 8 + bytes.readUInt32LE(at + 4) : endOfFrame(bytes, at, magic)
  }
}

function endOfFrame(bytes: Buffer, start: number, magic: number): number {
  if (magic !== MAGIC) throw new RangeError('no zstd frame')
  const flags = bytes.readUInt8(start + 4)
  const isSingle = (flags & 0x20) !== 0
  const dictionary = [0, 1, 2, 4][flags & 3] ?? 0
  if (dictionary > 0) throw new RangeError('a dictionary is needed')
  const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][flags >> 6] ?? 0
  const header = start + 5 + (isSingle ? 0 : 1)
  const window = isSingle ? contentSize(bytes, header, sizeBytes) : windowSize(bytes.readUInt8(start + 5))
  if (window > MOST_WINDOW) throw new RangeError('the window is larger than 32 MiB')
  return endOfBlocks(bytes, header + sizeBytes) + ((flags & 4) === 0 ? 0 : 4)
}

function contentSize(bytes: Buffer, at: number, sizeBytes: number): number {
  if (sizeBytes === 8) return Number(bytes.readBigUInt64LE(at))
  return bytes.readUIntLE(at, sizeBytes) + (sizeBytes === 2 ? 256 : 0)
}

function windowSize(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3))
  return base + (base / 8) * (descriptor & 7)
}

function endOfBlocks(bytes: Buffer, start: number): number {
  for (let at = start; ; ) {
    const header = bytes.readUIntLE(at, 3)
    const isRepeated = ((header >> 1) & 3) === 1
    at += 3 + (isRepeated ? 1 : header >> 3)
    if ((header & 1) === 1) return at
  }
}
