import { type Kysely, sql } from 'kysely'
import type { StoreSchema } from '../../store/index.ts'
import type { Message } from '../message.ts'
import { readMessage } from './read-message.ts'

/** The messages of a tenant whose keys begin so, as long as the outbox keeps them, the first written first. */
export async function readSent(
  db: Kysely<StoreSchema>,
  org: string | null,
  prefix: string,
): Promise<readonly Message[]> {
  const rows = await db
    .selectFrom('deliveries')
    .select('message')
    .where('org', 'is not distinct from', org)
    .where(sql<boolean>`starts_with(key, ${prefix})`)
    .orderBy('id')
    .execute()
  const messages: Message[] = []
  for (const row of rows) messages.push(await readMessage(db, row))
  return messages
}
