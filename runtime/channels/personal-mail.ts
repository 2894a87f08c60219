import type { Kysely } from 'kysely'
import type { Channel } from '../definitions/index.ts'
import type { StoreSchema } from '../store/index.ts'
import type { Message } from './message.ts'
import { enqueue } from './outbox/enqueue.ts'
import { type Environment, resolveSecrets } from './secrets.ts'

export interface MailReader {
  readonly id: string
  readonly email: string
}

/** Who wants what the notification centre shows by e-mail too. */
export type FindReaders = (message: Message) => Promise<readonly MailReader[]>

interface Mailing {
  readonly db: Kysely<StoreSchema>
  /** That the mails go through. */
  readonly channel: string
  readonly readers: readonly MailReader[]
  /** Every channel with addresses of its own. */
  readonly lists: readonly MailingList[]
  readonly now: Date
}

interface MailingList {
  readonly name: string
  readonly to: readonly string[]
}

/** The e-mail channels whose addresses are known where the server runs. */
export const mailingLists = (channels: readonly Channel[], env: Environment): readonly MailingList[] =>
  channels.flatMap((channel) => {
    const resolved = channel.type === 'email' ? resolveSecrets(channel, env) : { missing: [] }
    return 'missing' in resolved ? [] : [resolved.value]
  })

/**
 * Puts a mail of their own for each reader into the outbox: nobody sees the address of another, and each has it once, also
 * who is on a list that is told of it.
 */
export async function mailReaders(message: Message, { db, channel, lists, now, readers }: Mailing): Promise<void> {
  const told = await addressesOf(db, message, lists)
  const mails = readers
    .filter(({ email }) => !told.has(bareAddress(email)))
    .map(({ email, id }) => ({
      ...message,
      ...{ channel, key: `${message.key}#mail#${id}`, to: [email] },
      links: [...message.links, { label: 'Choose what you are mailed', href: '/settings/notifications' }],
    }))
  await enqueue(db, mails, now)
}

/** Addresses of the lists that are told of a message. */
async function addressesOf(
  db: Kysely<StoreSchema>,
  { key, org }: Message,
  lists: readonly MailingList[],
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
const bareAddress = (address: string) => (/<([^<>]+)>\s*$/.exec(address)?.[1] ?? address).trim().toLowerCase()
