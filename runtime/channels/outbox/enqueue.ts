import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { StoreSchema } from '../../store/index.ts'
import type { Attachment, Message } from '../message.ts'

/** A message as the outbox keeps it. */
export type StoredMessage = Omit<Message, 'at' | 'attachments'> & {
  readonly at: string
  readonly attachments?: readonly (Omit<Attachment, 'content'> & { readonly file: string })[]
}

/**
 * Writes messages into the outbox, in the caller's transaction where it is given one. A key that a channel knows
 * already is passed over. Gives the number of messages that are new.
 */
export async function enqueue(db: Kysely<StoreSchema>, messages: readonly Message[], now?: Date): Promise<number> {
  if (messages.length === 0) return 0
  await keepFiles(
    db,
    messages.flatMap(({ attachments = [] }) => attachments),
  )
  const written = await db
    .insertInto('deliveries')
    .values(
      messages.map((message) => ({
        org: message.org,
        channel: message.channel,
        key: message.key,
        kind: message.kind,
        status: message.status,
        severity: message.severity,
        group_key: message.group,
        title: message.title,
        message: JSON.stringify(toStored(message)),
        ...(now && { next_at: now, created_at: now }),
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute()
  return written.length
}

function toStored({ at, attachments, ...message }: Message): StoredMessage {
  const files = attachments?.map(({ content, ...rest }) => ({ ...rest, file: fileId(content) }))
  return { ...message, at: at.toISOString(), ...(files && { attachments: files }) }
}

async function keepFiles(db: Kysely<StoreSchema>, attachments: readonly Attachment[]) {
  const files = new Map(attachments.map(({ content }) => [fileId(content), content]))
  for (const [id, content] of files) {
    await db
      .insertInto('delivery_files')
      .values({ id, content })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ created_at: new Date() }))
      .execute()
  }
}

const fileId = (content: Uint8Array) => createHash('sha256').update(content).digest('hex')
