import type { Kysely } from 'kysely'
import type { StoreSchema } from '../store/index.ts'
import type { Message } from './message.ts'
import { enqueue } from './outbox/enqueue.ts'

export interface MailReader {
  readonly id: string
  readonly email: string
}

/** Who wants what the notification centre shows by e-mail too. */
export type FindReaders = (message: Message) => Promise<readonly MailReader[]>

/** Puts a mail of their own for each reader into the outbox: nobody sees the address of another, and each has it once. */
export async function mailReaders(
  db: Kysely<StoreSchema>,
  message: Message,
  channel: string,
  readers: readonly MailReader[],
  now: Date,
): Promise<void> {
  const mails = readers.map(({ email, id }) => ({
    ...message,
    ...{ channel, key: `${message.key}#mail#${id}`, to: [email] },
    links: [...message.links, { label: 'Choose what you are mailed', href: '/settings/notifications' }],
  }))
  await enqueue(db, mails, now)
}
