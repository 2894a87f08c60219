import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What was told before has no instances: only who sees all of an alert reads it. */
export const notificationAlerts: Migration = {
  async up(db: Kysely<unknown>) {
    await sql.raw('ALTER TABLE notifications ADD alert text, ADD instances jsonb').execute(db)
    await sql
      .raw(`UPDATE notifications SET alert = split_part(href, 'alert=', 2) WHERE kind = 'alert' AND href IS NOT NULL`)
      .execute(db)
  },
}
