import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const reportResends: Migration = {
  async up(db: Kysely<unknown>) {
    await sql.raw('ALTER TABLE report_runs ADD again_of bigint, ADD recipients text[], ADD sent_to text[]').execute(db)
  },
}
