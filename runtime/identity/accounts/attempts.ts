import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Store } from '../../store/index.ts'

const SECOND = 1000
const LONGEST_WAIT = 15 * 60 * SECOND
/** Failures are forgotten after a quiet hour. */
const MEMORY = 60 * 60 * SECOND

interface Guarded {
  readonly key: string
  /** Failures that cost no wait. */
  readonly free: number
}

/** A person who mistypes waits a little; who guesses at one account, or at many from one place, waits ever longer. */
function guardsOf(email: string, address: string): readonly Guarded[] {
  return [
    { key: `pair:${digest(`${email} ${address}`)}`, free: 5 },
    { key: `account:${digest(email)}`, free: 25 },
    { key: `address:${digest(address)}`, free: 60 },
  ]
}

/**
 * Counts an attempt before it is checked, so that many at once do not slip through. Gives the seconds to wait where it
 * comes too early; it is then not to be checked.
 */
export async function beginAttempt(store: Store, email: string, address: string, now = Date.now()): Promise<number> {
  const guards = guardsOf(email, address)
  const known = await failuresOf(store, guards)
  const waits = guards.map((guard) => waitOf(guard, known.get(guard.key), now))
  const longest = Math.max(...waits)
  if (longest > 0) return Math.ceil(longest / SECOND)
  for (const { key, free } of guards) {
    const before = current(known.get(key), now)
    const counted = await count(store, key, now)
    // Another attempt was counted in between: this one would have had to wait for it.
    if (counted > before + 1 && counted > free) return 1
  }
  return 0
}

/** The right password: the account is free again, and the place has one failure less. */
export async function endAttempt(store: Store, email: string, address: string): Promise<void> {
  const [pair, account, place] = guardsOf(email, address).map(({ key }) => key)
  await store.db
    .deleteFrom('sign_in_attempts')
    .where('key', 'in', [pair ?? '', account ?? ''])
    .execute()
  await store.db
    .updateTable('sign_in_attempts')
    .set(({ eb }) => ({ failures: eb('failures', '-', 1) }))
    .where('key', '=', place ?? '')
    .where('failures', '>', 0)
    .execute()
}

interface Failures {
  readonly failures: number
  readonly last_at: Date
}

async function failuresOf(store: Store, guards: readonly Guarded[]): Promise<ReadonlyMap<string, Failures>> {
  const keys = guards.map(({ key }) => key)
  const rows = await store.db.selectFrom('sign_in_attempts').selectAll().where('key', 'in', keys).execute()
  return new Map(rows.map((row) => [row.key, row]))
}

async function count(store: Store, key: string, now: number): Promise<number> {
  const last_at = new Date(now)
  const forgotten = new Date(now - MEMORY)
  const { failures } = await store.db
    .insertInto('sign_in_attempts')
    .values({ key, failures: 1, last_at })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet({
        failures: sql`CASE WHEN sign_in_attempts.last_at < ${forgotten} THEN 1 ELSE sign_in_attempts.failures + 1 END`,
        last_at,
      }),
    )
    .returning('failures')
    .executeTakeFirstOrThrow()
  return failures
}

function current(row: Failures | undefined, now: number): number {
  return row === undefined || now - row.last_at.getTime() > MEMORY ? 0 : row.failures
}

function waitOf({ free }: Guarded, row: Failures | undefined, now: number): number {
  const over = current(row, now) - free
  if (row === undefined || over < 0) return 0
  return row.last_at.getTime() + Math.min(LONGEST_WAIT, 2 ** Math.min(over, 20) * SECOND) - now
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
