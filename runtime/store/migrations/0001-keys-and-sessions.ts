import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const keysAndSessions: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const CALLER = 'org text, role text NOT NULL, user_id text'

const STATEMENTS = [
  `CREATE TABLE api_keys (
    id text PRIMARY KEY, hash text NOT NULL UNIQUE, hint text NOT NULL, name text NOT NULL, ${CALLER},
    scopes text[] NOT NULL, created_at timestamptz NOT NULL DEFAULT now(), expires_at timestamptz,
    last_used_at timestamptz, revoked_at timestamptz)`,
  `CREATE TABLE users (
    id text PRIMARY KEY, org text, email text, name text, role text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(), UNIQUE (org, email))`,
  `CREATE TABLE sessions (
    hash text PRIMARY KEY, ${CALLER}, key_id text REFERENCES api_keys, created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL)`,
  `CREATE TABLE sign_in_tokens (
    hash text PRIMARY KEY, ${CALLER}, expires_at timestamptz NOT NULL, used_at timestamptz)`,
  `CREATE TABLE audit_log (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL DEFAULT now(), org text,
    actor text NOT NULL, action text NOT NULL, subject text, detail jsonb)`,
  'CREATE INDEX audit_log_org_at ON audit_log (org, at)',
  `CREATE FUNCTION audit_log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$`,
  `CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE ON audit_log
    FOR EACH ROW EXECUTE FUNCTION audit_log_is_append_only()`,
]
