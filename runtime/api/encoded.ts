import { promisify } from 'node:util'
import { brotliCompress, constants, createGzip, gzip } from 'node:zlib'
import type { Request, Response } from 'express'

type Encoding = 'br' | 'gzip'

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

/** Shorter texts travel as they are. */
const WORTH_IT = 1000

/** What the client takes, the best first. */
export function encodingOf({ headers }: Request): Encoding | null {
  const accepted = headers['accept-encoding'] ?? ''
  if (/\bbr\b(?!\s*;\s*q=0(\.0*)?\b)/.test(accepted)) return 'br'
  return /\bgzip\b(?!\s*;\s*q=0(\.0*)?\b)/.test(accepted) ? 'gzip' : null
}

/** Sends texts compressed; each one that has a name is compressed but once. */
export type SendEncoded = (request: Request, response: Response, name: string, text: string) => Promise<void>

/** `capacity` is in bytes. */
export function createEncoder(capacity = 32 * 2 ** 20): SendEncoded {
  const kept = new Map<string, Promise<Buffer>>()
  const sizes = new Map<string, number>()
  let size = 0
  const forget = (key: string) => {
    size -= sizes.get(key) ?? 0
    sizes.delete(key)
    kept.delete(key)
  }
  const encoded = (key: string, encoding: Encoding, text: string) => {
    const known = kept.get(key)
    const body = known ?? compress(encoding, text)
    kept.delete(key)
    kept.set(key, body)
    if (known !== undefined) return body
    body.then(
      ({ length }) => {
        sizes.set(key, length)
        size += length
        for (const oldest of sizes.keys()) if (size > capacity) forget(oldest)
      },
      () => forget(key),
    )
    return body
  }
  return async (request, response, name, text) => {
    const encoding = encodingOf(request)
    response.vary('Accept-Encoding')
    if (encoding === null || text.length < WORTH_IT) return void response.end(text)
    const body = await encoded(`${encoding} ${name}`, encoding, text)
    response.setHeader('Content-Encoding', encoding)
    response.setHeader('Content-Length', body.length)
    response.end(body)
  }
}

function compress(encoding: Encoding, text: string): Promise<Buffer> {
  if (encoding === 'gzip') return zip(text)
  return brotli(text, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_SIZE_HINT]: text.length },
  })
}

export interface LineStream {
  readonly write: (line: string) => void
  readonly end: () => void
}

/** Lines that are sent as they come, compressed where the client takes that. */
export function streamLines(request: Request, response: Response): LineStream {
  response.vary('Accept-Encoding')
  if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) {
    return { write: (line) => void response.write(line), end: () => void response.end() }
  }
  response.setHeader('Content-Encoding', 'gzip')
  const stream = createGzip({ level: 1, flush: constants.Z_SYNC_FLUSH })
  stream.pipe(response)
  response.once('close', () => stream.destroy())
  return { write: (line) => void stream.write(line), end: () => void stream.end() }
}

/** True where the client has what it would be sent. */
export function isKnown(request: Request, etag: string): boolean {
  const given = (request.headers['if-none-match'] ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return given.includes(etag) || given.includes('*')
}
