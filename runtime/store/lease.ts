import { type Kysely, sql } from 'kysely'
import type { StoreSchema } from './schema.ts'

/** Work that only one server does at a time, while it goes on telling that it lives. The clock is that of the database. */
export interface Lease {
  /** Takes it or holds on to it; false while another has it. */
  hold(): Promise<boolean>
  /** True where it is still held, and then nobody takes it before the transaction ends. */
  check(transaction: Kysely<StoreSchema>): Promise<boolean>
  release(): Promise<void>
}

export function createLease(db: Kysely<StoreSchema>, name: string, holder: string, seconds: number): Lease {
  const end = sql<Date>`clock_timestamp() + make_interval(secs => ${seconds})`
  return {
    hold: async () => {
      const { rows } = await sql`
        INSERT INTO leases (name, holder, expires_at) VALUES (${name}, ${holder}, ${end})
        ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at
        WHERE leases.holder = excluded.holder OR leases.expires_at < clock_timestamp()
        RETURNING holder`.execute(db)
      return rows.length > 0
    },
    check: async (transaction) => {
      const { rows } = await sql`
        SELECT holder FROM leases WHERE name = ${name} AND holder = ${holder} AND expires_at > clock_timestamp()
        FOR UPDATE`.execute(transaction)
      return rows.length > 0
    },
    release: async () => {
      await db.deleteFrom('leases').where('name', '=', name).where('holder', '=', holder).execute()
    },
  }
}
