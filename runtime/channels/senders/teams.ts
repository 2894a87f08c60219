import { type ChannelOf, clip, headline, type Outcome, postJson, type Sending } from './sender.ts'

/** An adaptive card in the envelope that Teams workflows take. */
export function sendTeams({ channel, message, post }: Sending<ChannelOf<'teams'>>): Promise<Outcome> {
  return postJson(post, { url: channel.url, headers: {}, body: JSON.stringify(teamsBody(message)) })
}

function teamsBody(message: Sending['message']) {
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    msteams: { width: 'Full' },
    body: cardBody(message),
    actions: message.links
      .slice(0, 5)
      .map(({ href, label }) => ({ type: 'Action.OpenUrl', title: clip(label, 80), url: href })),
  }
  const attachment = { contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }
  return { type: 'message', attachments: [attachment] }
}

function cardBody(message: Sending['message']) {
  const { at, fields, org, text } = message
  const block = (words: string, more: object = {}) => ({ type: 'TextBlock', text: escaped(words), wrap: true, ...more })
  const facts = fields
    .slice(0, 30)
    .map(({ label, value }) => ({ title: clip(label, 80), value: escaped(clip(value, 400)) }))
  return [
    {
      type: 'Container',
      style: styleOf(message),
      bleed: true,
      items: [block(clip(headline(message), 200), { size: 'Large', weight: 'Bolder' })],
    },
    ...(text === '' ? [] : [block(clip(text, 4000))]),
    ...(facts.length === 0 ? [] : [{ type: 'FactSet', facts }]),
    block([org, at.toISOString()].filter(Boolean).join(' · '), { isSubtle: true, size: 'Small' }),
  ]
}

function styleOf({ severity, status }: Sending['message']): string {
  if (status === 'resolved') return 'good'
  return { info: 'accent', warning: 'warning', critical: 'attention' }[severity]
}

/** Cards read Markdown: names with underscores and links from data stay what they are. */
const escaped = (text: string) => text.replace(/([\\*_[\]])/g, '\\$1')
