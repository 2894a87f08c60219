import { Webhook } from 'standardwebhooks'
import { type ChannelOf, type Outcome, postJson, type Sending } from './sender.ts'

/** A webhook as Standard Webhooks describe it: signed where the channel has a secret. */
export function sendWebhook({ channel, id, message, post }: Sending<ChannelOf<'webhook'>>): Promise<Outcome> {
  const at = new Date()
  const body = JSON.stringify(payloadOf(message))
  const own = {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    ...(channel.secret === undefined ? {} : { 'webhook-signature': signer(channel.secret).sign(id, at, body) }),
  }
  const headers = Object.fromEntries(
    Object.entries(channel.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  )
  return postJson(post, { url: channel.url, headers: { ...headers, ...own }, body })
}

function payloadOf(message: Sending['message']) {
  const { at, event, fields, group, kind, key, links, org, severity, status, text, title } = message
  const timestamp = at.toISOString()
  if (event !== undefined) return { type: event.type, timestamp, data: event.data }
  const type = kind === 'alert' ? `alert.${status}` : kind.replace('_', '.')
  return { type, timestamp, data: { key, org, severity, status, group, title, text, fields, links } }
}

/** `whsec_…` and plain Base64 are keys as Standard Webhooks write them; any other text is taken as it is. */
function signer(secret: string): Webhook {
  const bytes = Buffer.from(secret, 'base64')
  const encoded = secret.startsWith('whsec_') || (bytes.length >= 16 && bytes.toString('base64') === secret)
  return encoded ? new Webhook(secret) : new Webhook(secret, { format: 'raw' })
}
