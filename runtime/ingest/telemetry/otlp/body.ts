import type { Readable } from 'node:stream'
import { createGunzip, createInflate } from 'node:zlib'

export class BodyError extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

interface Source extends Readable {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

/** Reads a request's body and decompresses it; more than `limit` bytes, before or after, is a 413. */
export async function readBody(request: Source, limit: number): Promise<Buffer> {
  const encoding = String(request.headers['content-encoding'] ?? 'identity')
  const unpack = unpackers[encoding.trim().toLowerCase()]
  if (unpack === undefined) throw new BodyError(415, 'Content-Encoding must be gzip, deflate or identity.')
  const packed = await collect(request, limit)
  if (unpack === null) return packed
  const stream = unpack()
  stream.end(packed)
  try {
    return await collect(stream, limit)
  } catch (error) {
    if (error instanceof BodyError) throw error
    throw new BodyError(400, 'The body cannot be decompressed.')
  } finally {
    stream.destroy()
  }
}

const unpackers: Readonly<Record<string, (() => ReturnType<typeof createGunzip>) | null>> = {
  identity: null,
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
}

/** Past the limit the stream is left open and nothing more is kept: a request can still be answered. */
function collect(stream: Readable, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= limit) chunks.push(chunk)
      else {
        chunks.length = 0
        reject(new BodyError(413, `The body is larger than ${limit} bytes.`))
      }
    })
    stream.on('end', () => resolve(Buffer.concat(chunks)))
    stream.on('error', reject)
    stream.on('close', () => reject(new BodyError(400, 'The body broke off.')))
  })
}
