import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const accounts: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const ROW = 'org text, actor text, action text, subject text, detail jsonb'

/** Each entry of the audit log carries a hash over itself and the one before: what is changed behind it shows. */
const CHAIN = [
  'ALTER TABLE audit_log ADD COLUMN hash text',
  `CREATE FUNCTION audit_log_hash(previous text, id bigint, at timestamptz, ${ROW}) RETURNS text LANGUAGE sql AS
    $$ SELECT encode(sha256(convert_to(jsonb_build_array(
      previous, id, extract(epoch FROM at)::text, org, actor, action, subject, detail)::text, 'UTF8')), 'hex') $$`,
  'ALTER TABLE audit_log DISABLE TRIGGER audit_log_append_only',
  `DO $$ DECLARE entry record; previous text := ''; BEGIN
    FOR entry IN SELECT * FROM audit_log ORDER BY id LOOP
      previous := audit_log_hash(previous, entry.id, entry.at, entry.org, entry.actor, entry.action, entry.subject,
        entry.detail);
      UPDATE audit_log SET hash = previous WHERE id = entry.id;
    END LOOP; END $$`,
  'ALTER TABLE audit_log ENABLE TRIGGER audit_log_append_only',
  // Ids are given after this trigger of the statement: their order is that of the chain.
  `CREATE FUNCTION audit_log_in_turn() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_advisory_xact_lock(7047002); RETURN NULL; END $$`,
  `CREATE TRIGGER audit_log_in_turn BEFORE INSERT ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION audit_log_in_turn()`,
  `CREATE FUNCTION audit_log_chain() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    NEW.hash := audit_log_hash(
      coalesce((SELECT hash FROM audit_log ORDER BY id DESC LIMIT 1), ''),
      NEW.id, NEW.at, NEW.org, NEW.actor, NEW.action, NEW.subject, NEW.detail);
    RETURN NEW; END $$`,
  'CREATE TRIGGER audit_log_chain BEFORE INSERT ON audit_log FOR EACH ROW EXECUTE FUNCTION audit_log_chain()',
  `CREATE TRIGGER audit_log_no_truncate BEFORE TRUNCATE ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION audit_log_is_append_only()`,
]

const STATEMENTS = [
  `ALTER TABLE users
    ADD COLUMN directory_id text, ADD COLUMN password text, ADD COLUMN password_changed_at timestamptz,
    ADD COLUMN totp_secret text, ADD COLUMN totp_enabled_at timestamptz, ADD COLUMN totp_last_step bigint,
    ADD COLUMN provider text NOT NULL DEFAULT 'password', ADD COLUMN external_id text,
    ADD COLUMN last_sign_in_at timestamptz, ADD COLUMN deactivated_at timestamptz`,
  "CREATE UNIQUE INDEX users_identity ON users (coalesce(org, ''), email)",
  'CREATE INDEX users_email ON users (email)',
  `ALTER TABLE sessions
    ADD COLUMN account_id text REFERENCES users ON DELETE CASCADE, ADD COLUMN user_agent text,
    ADD COLUMN address text, ADD COLUMN last_seen_at timestamptz`,
  'CREATE INDEX sessions_account ON sessions (account_id)',
  `CREATE TABLE account_links (
    hash text PRIMARY KEY, id text NOT NULL UNIQUE, kind text NOT NULL, org text, role text NOT NULL, email text,
    name text, account_id text REFERENCES users ON DELETE CASCADE, created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(), expires_at timestamptz NOT NULL, used_at timestamptz)`,
  `CREATE TABLE sign_in_attempts (
    key text PRIMARY KEY, failures integer NOT NULL, last_at timestamptz NOT NULL)`,
  `CREATE TABLE settings (
    org text NOT NULL, name text NOT NULL, value jsonb NOT NULL, changed_by text NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (org, name))`,
  ...CHAIN,
]
