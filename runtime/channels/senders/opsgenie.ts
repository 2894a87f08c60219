import { shortKey } from './pagerduty.ts'
import { type ChannelOf, clip, type Outcome, postJson, type Sending } from './sender.ts'

const ALERTS = 'https://api.opsgenie.com/v2/alerts'
const PRIORITIES = { critical: 'P1', warning: 'P3', info: 'P5' } as const

/** Opsgenie alerts, told apart by their alias. A test opens one and closes it. */
export async function sendOpsgenie(sending: Sending<ChannelOf<'opsgenie'>>): Promise<Outcome> {
  const { kind, status } = sending.message
  if (status === 'resolved') return change(sending, 'close')
  if (status === 'acknowledged') return change(sending, 'acknowledge')
  const outcome = await create(sending)
  return outcome.ok && kind === 'test' ? change(sending, 'close') : outcome
}

function create(sending: Sending<ChannelOf<'opsgenie'>>): Promise<Outcome> {
  const { at, fields, group, kind, links, org, severity, text, title } = sending.message
  const lines = [text, ...links.map(({ href, label }) => `${label}: ${href}`)].filter((line) => line !== '')
  return call(sending, '', {
    message: clip(title, 130),
    alias: aliasOf(sending),
    description: clip(lines.join('\n'), 15_000),
    details: Object.fromEntries(fields.map(({ label, value }) => [label, value])),
    entity: clip(group, 512),
    source: 'agent-metrics',
    tags: [kind, severity, ...(org === null ? [] : [clip(org, 50)])],
    priority: PRIORITIES[severity],
    note: at.toISOString(),
  })
}

function change(sending: Sending<ChannelOf<'opsgenie'>>, action: string): Promise<Outcome> {
  const path = `/${encodeURIComponent(aliasOf(sending))}/${action}?identifierType=alias`
  return call(sending, path, { source: 'agent-metrics', note: clip(sending.message.text, 25_000) })
}

function call({ channel, post }: Sending<ChannelOf<'opsgenie'>>, path: string, body: object): Promise<Outcome> {
  const url = `${(channel.url ?? ALERTS).replace(/\/$/, '')}${path}`
  return postJson(post, { url, headers: { authorization: `GenieKey ${channel.api_key}` }, body: JSON.stringify(body) })
}

const aliasOf = ({ message: { group, org } }: Sending) => shortKey(org === null ? group : `${org}/${group}`, 512)
