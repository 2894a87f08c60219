import type { Kysely } from 'kysely'
import type { DeliveryRow, StoreSchema } from '../../store/index.ts'
import type { Message } from '../message.ts'
import type { StoredMessage } from './enqueue.ts'

/** The message of a row as it was given, with its attachments. */
export async function readMessage(db: Kysely<StoreSchema>, row: Pick<DeliveryRow, 'message'>): Promise<Message> {
  const { at, attachments, ...message } = row.message as StoredMessage
  if (attachments === undefined || attachments.length === 0) return { ...message, at: new Date(at) }
  const ids = attachments.map(({ file }) => file)
  const found = await db.selectFrom('delivery_files').selectAll().where('id', 'in', ids).execute()
  const contents = new Map(found.map(({ content, id }) => [id, content]))
  return {
    ...message,
    at: new Date(at),
    attachments: attachments.flatMap(({ file, ...rest }) => {
      const content = contents.get(file)
      return content === undefined ? [] : [{ ...rest, content }]
    }),
  }
}
