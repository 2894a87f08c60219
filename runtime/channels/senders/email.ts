import { createHash } from 'node:crypto'
import { emailHtml, emailText } from './email-body.ts'
import type { Mailer } from './mailer.ts'
import { type ChannelOf, headline, type Outcome, type Sending } from './sender.ts'

/** One e-mail to all addresses of the channel. */
export async function sendEmail(
  { channel, id, message }: Sending<ChannelOf<'email'>>,
  mailer: Mailer,
): Promise<Outcome> {
  const { from } = mailer
  const sender = channel.from ?? from
  if (sender === null) return unready('No sender: set `from` under `mail` in the configuration or at the channel.')
  const to = [...(message.to ?? channel.to)]
  if (to.length === 0) return { ok: true, response: 'nobody wants it' }
  const subject = [channel.subject_prefix, headline(message)].filter(Boolean).join(' ').replace(/\s+/g, ' ')
  return mailer.send({
    from: sender,
    to,
    subject,
    text: emailText(message),
    html: message.html ?? emailHtml(message),
    date: message.at,
    // The same at each attempt: servers and readers drop the second copy.
    messageId: `<${id}@${domainOf(sender)}>`,
    references: [`<${threadOf(message)}@${domainOf(sender)}>`],
    ...(message.severity === 'critical' && message.status === 'firing' && { priority: 'high' as const }),
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    attachments: (message.attachments ?? []).map(({ cid, content, name, type }) => ({
      filename: name,
      contentType: type,
      content: Buffer.from(content),
      ...(cid !== undefined && { cid, contentDisposition: 'inline' as const }),
    })),
  })
}

/** Messages of one incident stand together. */
const threadOf = ({ group, org }: Sending['message']) =>
  `thread-${createHash('sha256').update(`${org}|${group}`).digest('hex').slice(0, 24)}`

function domainOf(address: string): string {
  return /@([^\s<>@]+)>?\s*$/.exec(address)?.[1] ?? 'localhost'
}

const unready = (error: string): Outcome => ({ ok: false, error, response: null, retry: true })
