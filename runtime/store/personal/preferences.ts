import type { Kysely } from 'kysely'
import type { StoreSchema } from '../schema.ts'

type Db = Kysely<StoreSchema>

/** What a person set for themselves, as it was written; undefined where they never did. */
export async function readPreferences(db: Db, owner: string): Promise<unknown> {
  const row = await db.selectFrom('preferences').select('value').where('owner', '=', owner).executeTakeFirst()
  return row?.value
}

export async function writePreferences(db: Db, owner: string, org: string | null, value: object): Promise<void> {
  const text = JSON.stringify(value)
  await db
    .insertInto('preferences')
    .values({ owner, org, value: text })
    .onConflict((conflict) => conflict.column('owner').doUpdateSet({ value: text, changed_at: new Date() }))
    .execute()
}
