import type { Message } from '../channels/index.ts'
import type { CompiledReport, Manifest } from '../compiler/index.ts'
import { fail } from '../diagnostics/index.ts'

export interface Recipient {
  readonly channel: string
  readonly type: Manifest['channels'][number]['type']
  /** Addresses in the place of the channel's own. */
  readonly to: Message['to']
}

/** Whom messages go to, in words: the addresses of mails, the names of other channels. */
export function receiversOf({ channels }: Manifest, messages: readonly Message[]): readonly string[] {
  const receivers = messages.flatMap(({ channel, to }) => {
    const declared = channels.find(({ name }) => name === channel)
    return declared?.type === 'email' ? (to ?? declared.to) : [channel]
  })
  return [...new Set(receivers)]
}

/** The channels that a report goes to; recipients that a tenant set take the place of the addresses of its mail. */
export function audienceOf(
  { channels }: Manifest,
  { name, notify = [] }: Pick<CompiledReport, 'name' | 'notify'>,
  recipients: readonly string[] | null,
): readonly Recipient[] {
  const named = channels.filter((channel) => notify.includes(channel.name))
  const plain = named.map(({ name: channel, type }): Recipient => ({ channel, type, to: undefined }))
  if (recipients === null) return plain
  const others = plain.filter(({ type }) => type !== 'email')
  if (recipients.length === 0) return others
  const mail = named.find(({ type }) => type === 'email') ?? channels.find(({ type }) => type === 'email')
  if (mail !== undefined) return [...others, { channel: mail.name, type: 'email', to: recipients }]
  return fail('AM8016', `The report ${name} has recipients, and the project declares no channel of the type email.`, {
    hint: 'Declare one under `channels:`: - { name: mail, type: email, to: [team@example.org] }',
  })
}
