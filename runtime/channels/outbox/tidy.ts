import { type Kysely, sql } from 'kysely'
import type { StoreSchema } from '../../store/index.ts'

const DAY = 86_400_000
const KEPT = 90 * DAY

/** Forgets what is over for three months, and contents that nothing refers to any more. */
export async function tidy(db: Kysely<StoreSchema>, now: Date): Promise<void> {
  const before = new Date(now.getTime() - KEPT)
  await db.deleteFrom('deliveries').where('state', '<>', 'pending').where('created_at', '<', before).execute()
  await db.deleteFrom('notifications').where('at', '<', before).execute()
  await sql`
    DELETE FROM delivery_files f
    WHERE f.created_at < ${new Date(now.getTime() - DAY)} AND NOT EXISTS (
      SELECT 1 FROM deliveries d, jsonb_array_elements(d.message -> 'attachments') a WHERE a ->> 'file' = f.id)`.execute(
    db,
  )
}
