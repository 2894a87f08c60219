import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const deliveries: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const ID = 'id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY'

const STATEMENTS = [
  `CREATE TABLE deliveries (
    ${ID}, org text, channel text NOT NULL, key text NOT NULL, kind text NOT NULL, status text NOT NULL,
    severity text NOT NULL, group_key text NOT NULL, title text NOT NULL, message jsonb NOT NULL,
    state text NOT NULL DEFAULT 'pending', attempts int NOT NULL DEFAULT 0, next_at timestamptz NOT NULL DEFAULT now(),
    lease_owner text, lease_until timestamptz, created_at timestamptz NOT NULL DEFAULT now(), done_at timestamptz,
    error text)`,
  `CREATE UNIQUE INDEX deliveries_once ON deliveries (channel, coalesce(org, ''), key)`,
  `CREATE INDEX deliveries_due ON deliveries (channel, id) WHERE state = 'pending'`,
  'CREATE INDEX deliveries_log ON deliveries (org, id)',
  `CREATE TABLE delivery_attempts (
    ${ID}, delivery_id bigint NOT NULL REFERENCES deliveries ON DELETE CASCADE, at timestamptz NOT NULL DEFAULT now(),
    ms int NOT NULL, ok boolean NOT NULL, response text, error text)`,
  'CREATE INDEX delivery_attempts_of ON delivery_attempts (delivery_id)',
  `CREATE TABLE delivery_files (
    id text PRIMARY KEY, content bytea NOT NULL, created_at timestamptz NOT NULL DEFAULT now())`,
  `CREATE TABLE notifications (
    ${ID}, org text, channel text NOT NULL, key text NOT NULL, user_id text, kind text NOT NULL, status text NOT NULL,
    severity text NOT NULL, group_key text NOT NULL, title text NOT NULL, text text NOT NULL, fields jsonb NOT NULL,
    href text, at timestamptz NOT NULL)`,
  `CREATE UNIQUE INDEX notifications_once ON notifications (channel, coalesce(org, ''), coalesce(user_id, ''), key)`,
  'CREATE INDEX notifications_newest ON notifications (org, id DESC)',
  `CREATE TABLE notification_reads (
    notification_id bigint NOT NULL REFERENCES notifications ON DELETE CASCADE, reader text NOT NULL,
    read_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (notification_id, reader))`,
]
