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

/** Addresses that a message reaches by mail anyway: those of the lists that were told of it as well. */
export async function addressesOf(
  db: Kysely<StoreSchema>,
  { key, org }: Message,
  lists: readonly { readonly name: string; readonly to: readonly string[] }[],
): Promise<ReadonlySet<string>> {
  const told = await db
    .selectFrom('deliveries')
    .select('channel')
    .where('key', '=', key)
    .where('org', 'is not distinct from', org)
    .execute()
  const channels = new Set(told.map(({ channel }) => channel))
  return new Set(lists.filter(({ name }) => channels.has(name)).flatMap(({ to }) => to.map(bareAddress)))
}

/** `Mia <Mia@example.org>` and `mia@example.org` are one. */
export const bareAddress = (address: string) => (/<([^<>]+)>\s*$/.exec(address)?.[1] ?? address).trim().toLowerCase()

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
