import { lookup as systemLookup } from 'node:dns'
import { type IncomingMessage, request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { type AddressGuard, bareHost } from './address-guard.ts'

export interface PostRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface PostResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /** The first 64 KiB. */
  readonly body: string
}

/** Sends a body and gives the answer. Throws an OutboundError where there is none. */
export type Post = (request: PostRequest) => Promise<PostResponse>

/** `retry` is false where another attempt would end the same way. */
export class OutboundError extends Error {
  override readonly name = 'OutboundError'
  readonly retry: boolean

  constructor(message: string, retry: boolean) {
    super(message)
    this.retry = retry
  }
}

export interface PostOptions {
  readonly guard: AddressGuard
  readonly timeout?: number
  readonly lookup?: LookupFunction
}

const LARGEST = 64 * 1024

/**
 * Reaches out for channels. Every address a name resolves to is checked when the connection is made, so a name that
 * resolves differently the second time gains nothing; redirects are answers like any other.
 */
export function createPost({ guard, timeout = 15_000, lookup = systemLookup }: PostOptions): Post {
  return async ({ url, headers, body }) => {
    const target = parseUrl(url)
    const host = bareHost(target.hostname)
    if (isIP(host)) refuse(guard(host, host))
    const send = target.protocol === 'https:' ? overHttps : overHttp
    const credentials = target.username === '' ? {} : { authorization: basic(target) }
    return new Promise((resolve, reject) => {
      const request = send(
        {
          protocol: target.protocol,
          hostname: host,
          port: target.port,
          path: `${target.pathname}${target.search}`,
          method: 'POST',
          headers: { ...credentials, ...headers, 'content-length': Buffer.byteLength(body) },
          agent: false,
          lookup: guarded(lookup, guard),
          signal: AbortSignal.timeout(timeout),
        },
        (response) => readResponse(response).then(resolve, (error) => reject(outbound(error, timeout))),
      )
      request.on('error', (error) => reject(outbound(error, timeout)))
      request.end(body)
    })
  }
}

function parseUrl(url: string): URL {
  if (!URL.canParse(url)) throw new OutboundError('The address of the channel is no URL.', false)
  const target = new URL(url)
  if (target.protocol === 'https:' || target.protocol === 'http:') return target
  throw new OutboundError(`Channels speak http and https, not ${target.protocol.slice(0, -1)}.`, false)
}

const basic = ({ username, password }: URL) =>
  `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`

function guarded(lookup: LookupFunction, guard: AddressGuard): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '')
      const addresses = Array.isArray(found) ? found : [{ address: String(found), family: isIP(String(found)) }]
      const reason = addresses.map(({ address }) => guard(hostname, address)).find((text) => text !== undefined)
      const [first] = addresses
      if (reason !== undefined || first === undefined) {
        return callback(new OutboundError(reason ?? `${hostname} has no address.`, reason === undefined), '')
      }
      if (options.all) return callback(null, addresses)
      callback(null, first.address, first.family)
    })
  }
}

function refuse(reason: string | undefined) {
  if (reason !== undefined) throw new OutboundError(reason, false)
}

async function readResponse(response: IncomingMessage): Promise<PostResponse> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk.subarray(0, LARGEST - size))
    size += chunk.length
    if (size >= LARGEST) break
  }
  const body = Buffer.concat(chunks).toString('utf8')
  return { status: response.statusCode ?? 0, headers: response.headers, body }
}

/** What the network says, without the address: that of a webhook is a secret. */
function outbound(error: unknown, timeout: number): OutboundError {
  if (error instanceof OutboundError) return error
  const { name, code, message } = error as NodeJS.ErrnoException
  if (name === 'AbortError' || name === 'TimeoutError' || code === 'ABORT_ERR')
    return new OutboundError(`No answer within ${timeout / 1000} s.`, true)
  return new OutboundError(code === undefined ? message : (REASONS[code] ?? `The connection failed: ${code}.`), true)
}

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'The name of the host is not known.',
  EAI_AGAIN: 'The name of the host could not be looked up.',
  ECONNREFUSED: 'The connection was refused.',
  ECONNRESET: 'The connection was broken off.',
  ETIMEDOUT: 'The host does not answer.',
  CERT_HAS_EXPIRED: 'The certificate of the host has expired.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'The certificate of the host is self-signed.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'The certificate of the host cannot be verified.',
}
