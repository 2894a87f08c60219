import { type ChannelOf, clip, colorOf, headline, type Outcome, postJson, type Sending } from './sender.ts'

/** A Slack message of blocks, with the severity as its colour. */
export function sendSlack({ channel, message, post }: Sending<ChannelOf<'slack'>>): Promise<Outcome> {
  return postJson(post, { url: channel.url, headers: {}, body: JSON.stringify(slackBody(message)) })
}

function slackBody(message: Sending['message']) {
  const { at, fields, links, org, text } = message
  const title = headline(message)
  const section = (elements: object) => ({ type: 'section', ...elements })
  const blocks = [
    { type: 'header', text: { type: 'plain_text', text: clip(title, 150), emoji: false } },
    ...(text === '' ? [] : [section({ text: markdown(clip(text, 2900)) })]),
    ...chunks(fields.slice(0, 30), 10).map((part) =>
      section({ fields: part.map(({ label, value }) => markdown(clip(`*${label}*\n${value}`, 1900), true)) }),
    ),
    ...(links.length === 0 ? [] : [{ type: 'actions', elements: links.slice(0, 5).map(button) }]),
    {
      type: 'context',
      elements: [{ type: 'plain_text', text: clip([org, when(at)].filter(Boolean).join(' · '), 150) }],
    },
  ]
  return { text: clip(title, 300), attachments: [{ color: colorOf(message), fallback: clip(title, 300), blocks }] }
}

const button = ({ label, href }: { readonly label: string; readonly href: string }, index: number) => ({
  type: 'button',
  action_id: `link_${index}`,
  text: { type: 'plain_text', text: clip(label, 75) },
  url: href,
})

/** `*` stays where it is ours: Slack escapes only these three. */
function markdown(text: string, own = false) {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return { type: 'mrkdwn', text: own ? escaped : escaped.replaceAll('*', '∗'), verbatim: true }
}

const when = (at: Date) => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`

function chunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return items.length === 0 ? [] : [items.slice(0, size), ...chunks(items.slice(size), size)]
}
