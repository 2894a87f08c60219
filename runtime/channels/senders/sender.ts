import type { Channel } from '../../definitions/index.ts'
import type { Message } from '../message.ts'
import { OutboundError, type Post, type PostRequest } from '../outbound/post.ts'

/** A message on its way over a channel whose secrets are resolved. */
export interface Sending<C extends Channel = Channel> {
  readonly channel: C
  readonly message: Message
  /** The same at each attempt, so that receivers can tell a message they have already. */
  readonly id: string
  readonly post: Post
}

export type Outcome =
  | { readonly ok: true; readonly response: string | null }
  | {
      readonly ok: false
      readonly error: string
      readonly response: string | null
      readonly retry: boolean
      /** Milliseconds that the receiver asks to wait. */
      readonly after?: number
    }

export type ChannelOf<T extends Channel['type']> = Extract<Channel, { type: T }>

/** Posts JSON and reads the answer as services give it: 429 and 5xx are worth another attempt, 4xx are not. */
export async function postJson(post: Post, request: PostRequest): Promise<Outcome> {
  try {
    const headers = { 'content-type': 'application/json', 'user-agent': 'agent-metrics', ...request.headers }
    const { status, headers: answered, body } = await post({ ...request, headers })
    const response = String(status)
    if (status >= 200 && status < 300) return { ok: true, response }
    const said = body.trim().slice(0, 300)
    const error = redirects(status) ?? `The receiver answered ${status}${said === '' ? '.' : `: ${said}`}`
    const retry = status === 408 || status === 425 || status === 429 || status >= 500
    const after = retryAfter(answered['retry-after'])
    return { ok: false, error, response, retry, ...(after !== undefined && { after }) }
  } catch (error) {
    if (error instanceof OutboundError) return { ok: false, error: error.message, response: null, retry: error.retry }
    throw error
  }
}

const redirects = (status: number) =>
  status >= 300 && status < 400
    ? `The receiver answered ${status}: redirects are not followed. Give the channel the final address.`
    : undefined

function retryAfter(header: string | readonly string[] | undefined): number | undefined {
  const text = typeof header === 'string' ? header : header?.[0]
  if (text === undefined) return undefined
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now()
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), 3_600_000) : undefined
}

export function clip(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`
}

export const SEVERITY_COLORS = { info: '#2563eb', warning: '#d97706', critical: '#dc2626' } as const

/** What a message is about in one word, for titles. */
export function headline({ kind, severity, status, title }: Message): string {
  if (kind === 'report') return title
  if (status === 'resolved') return `Resolved: ${title}`
  if (status === 'acknowledged') return `Acknowledged: ${title}`
  return severity === 'critical' ? `Critical: ${title}` : title
}

export function colorOf({ severity, status }: Message): string {
  return status === 'resolved' ? '#16a34a' : SEVERITY_COLORS[severity]
}
