import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const personalDashboards: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  `CREATE TABLE personal_dashboards (
    id text PRIMARY KEY, org text, owner text NOT NULL, owner_name text NOT NULL, definition json NOT NULL,
    origin text, shared boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(), changed_at timestamptz NOT NULL DEFAULT now())`,
  'CREATE INDEX personal_dashboards_owner ON personal_dashboards (owner)',
  'CREATE INDEX personal_dashboards_org ON personal_dashboards (org) WHERE shared',
]
