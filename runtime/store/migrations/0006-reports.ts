import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const reports: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  'CREATE TABLE report_schedules (report text PRIMARY KEY, schedule text NOT NULL, handled timestamptz NOT NULL)',
  `CREATE TABLE report_runs (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, org text, report text NOT NULL, occurrence text NOT NULL,
    at timestamptz NOT NULL, by text, state text NOT NULL DEFAULT 'pending', attempts int NOT NULL DEFAULT 0,
    next_at timestamptz NOT NULL DEFAULT now(), lease_owner text, lease_until timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(), done_at timestamptz, messages int, error text)`,
  `CREATE UNIQUE INDEX report_runs_once ON report_runs (report, coalesce(org, ''), occurrence)`,
  `CREATE INDEX report_runs_due ON report_runs (id) WHERE state = 'pending'`,
  'CREATE INDEX report_runs_history ON report_runs (org, report, id DESC)',
  `CREATE TABLE report_settings (
    org text NOT NULL, report text NOT NULL, enabled boolean, recipients text[], changed_by text NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (org, report))`,
]
