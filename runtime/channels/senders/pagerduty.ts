import { createHash } from 'node:crypto'
import { type ChannelOf, clip, type Outcome, postJson, type Sending } from './sender.ts'

const EVENTS = 'https://events.pagerduty.com/v2/enqueue'
const ACTIONS = { firing: 'trigger', info: 'trigger', acknowledged: 'acknowledge', resolved: 'resolve' } as const

/** PagerDuty Events v2. A test opens an incident and closes it. */
export async function sendPagerDuty(sending: Sending<ChannelOf<'pagerduty'>>): Promise<Outcome> {
  const outcome = await sendEvent(sending, ACTIONS[sending.message.status])
  if (!outcome.ok || sending.message.kind !== 'test') return outcome
  return sendEvent(sending, 'resolve')
}

function sendEvent({ channel, message, post }: Sending<ChannelOf<'pagerduty'>>, action: string): Promise<Outcome> {
  const event = {
    routing_key: channel.routing_key,
    event_action: action,
    dedup_key: shortKey(message.org === null ? message.group : `${message.org}/${message.group}`, 255),
    ...(action === 'trigger' && { payload: payloadOf(message), links: linksOf(message), client: 'Agent Metrics' }),
  }
  return postJson(post, { url: channel.url ?? EVENTS, headers: {}, body: JSON.stringify(event) })
}

function payloadOf({ at, fields, group, kind, org, severity, text, title }: Sending['message']) {
  const details = fields.map(({ label, value }) => [label, value])
  return {
    summary: clip(title, 1024),
    source: org ?? 'agent-metrics',
    severity,
    timestamp: at.toISOString(),
    group,
    class: kind,
    custom_details: { ...Object.fromEntries(details), ...(text === '' ? {} : { description: text }) },
  }
}

const linksOf = ({ links }: Sending['message']) => links.map(({ href, label }) => ({ href, text: label }))

/** Keys that are too long for the service keep a readable beginning. */
export function shortKey(key: string, length: number): string {
  if (key.length <= length) return key
  const hash = createHash('sha256').update(key).digest('hex').slice(0, 32)
  return `${key.slice(0, length - hash.length - 1)}-${hash}`
}
