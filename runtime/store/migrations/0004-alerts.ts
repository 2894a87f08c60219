import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const alerts: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  `CREATE TABLE alert_instances (
    id text NOT NULL UNIQUE, org text NOT NULL, alert text NOT NULL, key text NOT NULL, labels jsonb NOT NULL,
    severity text NOT NULL, state jsonb NOT NULL, status text NOT NULL, value double precision, detail jsonb NOT NULL,
    notified jsonb, acknowledged_by text, acknowledged_at timestamptz, PRIMARY KEY (org, alert, key))`,
  `CREATE TABLE alert_history (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL, org text NOT NULL, alert text NOT NULL,
    key text NOT NULL, labels jsonb NOT NULL, from_status text, to_status text NOT NULL, value double precision,
    text text NOT NULL, actor text)`,
  'CREATE INDEX alert_history_of_alert ON alert_history (org, alert, id)',
  `CREATE TABLE alert_silences (
    id text PRIMARY KEY, org text NOT NULL, alert text, matchers jsonb NOT NULL, reason text NOT NULL,
    created_by text NOT NULL, created_at timestamptz NOT NULL DEFAULT now(), starts_at timestamptz NOT NULL,
    ends_at timestamptz, ended_by text)`,
  'CREATE INDEX alert_silences_of_org ON alert_silences (org, ends_at)',
  `CREATE TABLE alert_overrides (
    org text NOT NULL, alert text NOT NULL, settings jsonb NOT NULL, reason text NOT NULL, set_by text NOT NULL,
    set_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (org, alert))`,
  `CREATE TABLE leases (
    name text PRIMARY KEY, holder text NOT NULL, expires_at timestamptz NOT NULL)`,
]
