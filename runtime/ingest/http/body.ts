import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib'
import type { IngestLimits } from '../accept/limits.ts'
import type { ByteBudget } from './byte-budget.ts'
import { HttpError } from './http-error.ts'
import { TooLarge, unzstd } from './zstd.ts'

type Unpack = (bytes: Buffer, limit: number) => Promise<Buffer>

const native =
  (unpack: (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>): Unpack =>
  (bytes, limit) =>
    unpack(bytes, { maxOutputLength: limit })

const zlib = native(promisify(inflate))
const raw = native(promisify(inflateRaw))

const UNPACK: Readonly<Record<string, Unpack>> = {
  identity: async (bytes) => bytes,
  gzip: native(promisify(gunzip)),
  'x-gzip': native(promisify(gunzip)),
  // The name means the zlib format; many send the bare one.
  deflate: (bytes, limit) => (((bytes[0] ?? 0) & 0x0f) === 8 ? zlib : raw)(bytes, limit),
  br: native(promisify(brotliDecompress)),
  zstd: unzstd,
}

export interface Body {
  readonly bytes: Buffer
  /** What it takes of the budget until the request is answered. */
  readonly held: number
}

/** Reads and decompresses the body of a request. The limits hold while it comes in, not only at its end. */
export async function readBody(request: IncomingMessage, limits: IngestLimits, budget: ByteBudget): Promise<Body> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase()
  const unpack = Object.hasOwn(UNPACK, encoding) ? UNPACK[encoding] : undefined
  if (unpack === undefined) {
    throw new HttpError(415, 'AM7021', `The content encoding ${encoding} is not supported.`, {
      'Accept-Encoding': 'gzip, deflate, br, zstd',
    })
  }
  if (Number(request.headers['content-length'] ?? 0) > limits.bodyBytes) throw tooLarge(limits)
  const packed = await collect(request, limits, budget)
  try {
    const bytes = await unpack(packed, limits.bodyBytes).catch((error) => refuse(error, encoding, limits))
    const growth = bytes.length - packed.length
    if (growth > 0 && !budget.take(growth)) throw busy()
    return { bytes, held: Math.max(bytes.length, packed.length) }
  } catch (error) {
    budget.give(packed.length)
    throw error
  }
}

async function collect(request: IncomingMessage, limits: IngestLimits, budget: ByteBudget): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of iterate(request)) {
      if (size + chunk.length > limits.bodyBytes) throw tooLarge(limits)
      if (!budget.take(chunk.length)) throw busy()
      size += chunk.length
      chunks.push(chunk)
    }
  } catch (error) {
    budget.give(size)
    throw error
  }
  return Buffer.concat(chunks, size)
}

/** Leaves the request open: it still has to be answered. */
const iterate = (request: IncomingMessage): AsyncIterable<Buffer> => request.iterator({ destroyOnReturn: false })

function refuse(error: unknown, encoding: string, limits: IngestLimits): never {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (error instanceof TooLarge || code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(limits)
  throw new HttpError(400, 'AM7024', `The body is not ${encoding}: ${error instanceof Error ? error.message : error}.`)
}

const tooLarge = ({ bodyBytes }: IngestLimits) =>
  new HttpError(413, 'AM7022', `The body has more than ${bodyBytes} bytes after decompression.`)

export const busy = (retryAfter = 1) =>
  new HttpError(429, 'AM7023', `Too many events wait. Come back in ${retryAfter} s.`, {
    'Retry-After': String(retryAfter),
  })
