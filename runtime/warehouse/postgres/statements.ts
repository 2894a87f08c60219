import { postgresDialect } from './dialect.ts'

export const sessionSql = (schema: string) =>
  `SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; SET extra_float_digits = 1; SET search_path = ${postgresDialect.quote(schema)}${schema === 'public' ? '' : ', public'}`

export const COLUMNS = `SELECT a.attname, coalesce(nullif(t.typbasetype, 0), t.oid)::bigint, t.typtype = 'e'
  FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
  WHERE a.attrelid = to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`

export const TABLES = `SELECT n.nspname, c.relname, CASE WHEN c.relkind IN ('v', 'm') THEN 'view' ELSE 'table' END
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND c.relpersistence <> 't'
    AND n.nspname NOT IN ('_metrics', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'
  ORDER BY 1, 2`

// Every change is a row of its own: two transactions that touch one relation never wait for each other.
export const BOOKKEEPING = `SELECT pg_advisory_xact_lock(7225961);
  CREATE SCHEMA IF NOT EXISTS _metrics;
  CREATE TABLE IF NOT EXISTS _metrics.data_changes (relation text NOT NULL, change bigint NOT NULL);
  CREATE OR REPLACE VIEW _metrics.data_versions AS
    SELECT relation, sum(change)::bigint AS version FROM _metrics.data_changes GROUP BY relation`

export const FOLD_EVERY = 1_000

export const FOLD = `WITH folded AS (DELETE FROM _metrics.data_changes RETURNING relation, change)
    INSERT INTO _metrics.data_changes SELECT relation, sum(change) FROM folded GROUP BY relation`

export const BUMP =
  'INSERT INTO _metrics.data_changes SELECT DISTINCT relation, 1 FROM unnest($1::text[]) AS t (relation)'
