import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { fail } from '../../diagnostics/index.ts'

export interface OpenFile {
  /** Decompressed. */
  readonly chunks: AsyncIterable<Buffer>
  readonly totalBytes: number
  /** Bytes of the file itself that were read so far. */
  readonly bytesRead: () => number
}

const CHUNK = 1024 * 1024

/** Opens a file of events; gzip is known by its first bytes. */
export async function openFile(path: string): Promise<OpenFile> {
  try {
    const { size } = await regularFile(path)
    const isPacked = await startsWith(path, [0x1f, 0x8b])
    const file = createReadStream(path, { highWaterMark: CHUNK })
    const chunks: Readable = isPacked ? pipeline(file, createGunzip({ chunkSize: CHUNK }), () => undefined) : file
    return { chunks: readable(chunks, path), totalBytes: size, bytesRead: () => file.bytesRead }
  } catch (error) {
    throw unreadable(path, error)
  }
}

async function regularFile(path: string) {
  const found = await stat(path)
  if (!found.isFile()) fail('AM7030', `${path} is not a file.`)
  return found
}

async function startsWith(path: string, magic: readonly number[]): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(magic.length), 0, magic.length, 0)
    return bytesRead === magic.length && magic.every((byte, index) => buffer[index] === byte)
  } finally {
    await file.close()
  }
}

async function* readable(chunks: Readable, path: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of chunks) yield chunk
  } catch (error) {
    throw unreadable(path, error)
  }
}

function unreadable(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (!/^(E[A-Z]+|Z_[A-Z_]+)$/.test(code)) return error
  try {
    return fail('AM7030', `${path} cannot be read: ${error instanceof Error ? error.message : code}.`)
  } catch (told) {
    return told
  }
}
