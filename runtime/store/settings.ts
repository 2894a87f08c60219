import type { Kysely } from 'kysely'
import type { StoreSchema } from './schema.ts'

type Db = Kysely<StoreSchema>

/** What an organisation set for all of its people; undefined where it never did. */
export async function readSetting(db: Db, org: string | null, name: string): Promise<unknown> {
  const settings = db
    .selectFrom('settings')
    .select('value')
    .where('org', '=', org ?? '')
  return (await settings.where('name', '=', name).executeTakeFirst())?.value
}

export async function writeSetting(
  db: Db,
  org: string | null,
  name: string,
  setting: unknown,
  changed_by: string,
): Promise<void> {
  const value = JSON.stringify(setting)
  await db
    .insertInto('settings')
    .values({ org: org ?? '', name, value, changed_by })
    .onConflict((conflict) =>
      conflict.columns(['org', 'name']).doUpdateSet({ value, changed_by, changed_at: new Date() }),
    )
    .execute()
}
