import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const personalState: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  `CREATE TABLE preferences (
    owner text PRIMARY KEY, org text, value jsonb NOT NULL, changed_at timestamptz NOT NULL DEFAULT now())`,
  `CREATE TABLE views (
    id text PRIMARY KEY, org text, owner text NOT NULL, owner_name text NOT NULL, name text NOT NULL,
    path text NOT NULL, search text NOT NULL, shared boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(), changed_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (owner, path, name))`,
  'CREATE INDEX views_org ON views (org) WHERE shared',
  `CREATE TABLE short_links (
    id text PRIMARY KEY, org text, path text NOT NULL, search text NOT NULL, created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now())`,
  'CREATE INDEX short_links_target ON short_links (md5(path || search))',
  `CREATE TABLE feedback (
    id text PRIMARY KEY, org text, owner text NOT NULL, page text NOT NULL, widget text, rating text NOT NULL,
    comment text, at timestamptz NOT NULL DEFAULT now())`,
  'CREATE INDEX feedback_org_at ON feedback (org, at)',
]
