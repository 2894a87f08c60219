import type { Warehouse } from '../warehouse/index.ts'

export const EVENTS = 'raw.events'
export const DEAD_LETTERS = 'raw.dead_letters'
export const OFFSETS = 'raw.offsets'

const STATEMENTS = [
  'CREATE SCHEMA IF NOT EXISTS raw',
  `CREATE TABLE IF NOT EXISTS ${EVENTS} (
    org_id varchar NOT NULL,
    source varchar NOT NULL,
    id varchar NOT NULL,
    type varchar NOT NULL,
    subject varchar,
    time timestamp NOT NULL,
    received_at timestamp NOT NULL,
    stored_at timestamp,
    data varchar NOT NULL,
    attributes varchar,
    original_time timestamp,
    fingerprint bigint NOT NULL
  )`,
  // For tables that were made before it: their events were read by models long ago.
  `ALTER TABLE ${EVENTS} ADD COLUMN IF NOT EXISTS stored_at timestamp`,
  `CREATE TABLE IF NOT EXISTS ${DEAD_LETTERS} (
    letter_id varchar NOT NULL,
    org_id varchar NOT NULL,
    source varchar,
    id varchar,
    type varchar,
    code varchar NOT NULL,
    reason varchar NOT NULL,
    payload varchar NOT NULL,
    truncated boolean NOT NULL,
    origin varchar NOT NULL,
    received_at timestamp NOT NULL,
    attempts integer NOT NULL,
    replayed_at timestamp
  )`,
  `CREATE TABLE IF NOT EXISTS ${OFFSETS} (
    consumer varchar NOT NULL,
    topic varchar NOT NULL,
    part integer NOT NULL,
    next_offset bigint NOT NULL,
    updated_at timestamp NOT NULL
  )`,
]

// DuckDB gets none: explicit indexes do not survive a kill there, and inline keys do not fit into memory.
const POSTGRES_INDEXES = [
  `CREATE UNIQUE INDEX IF NOT EXISTS events_identity ON ${EVENTS} (fingerprint, org_id, md5(source || E'\\n' || id))`,
  `CREATE INDEX IF NOT EXISTS events_type_received ON ${EVENTS} (type, received_at)`,
  `CREATE INDEX IF NOT EXISTS events_type_stored ON ${EVENTS} (type, stored_at)`,
  `CREATE UNIQUE INDEX IF NOT EXISTS dead_letters_identity ON ${DEAD_LETTERS} (letter_id)`,
  `CREATE UNIQUE INDEX IF NOT EXISTS offsets_identity ON ${OFFSETS} (consumer, topic, part)`,
]

/** Creates the tables that ingest writes, where they are missing. */
export async function ensureRawTables(warehouse: Warehouse): Promise<void> {
  const statements = warehouse.dialect.name === 'postgres' ? [...STATEMENTS, ...POSTGRES_INDEXES] : STATEMENTS
  await warehouse.transaction(async (tx) => {
    // Postgres: several processes may start at once, and CREATE IF NOT EXISTS alone does not make them wait.
    if (warehouse.dialect.name === 'postgres') await tx.query('SELECT pg_advisory_xact_lock(7047001)')
    for (const statement of statements) await tx.query(statement)
  })
}
