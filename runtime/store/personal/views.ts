import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { ViewRow } from '../personal-tables.ts'
import type { StoreSchema } from '../schema.ts'

type Db = Kysely<StoreSchema>

export interface NewView {
  readonly org: string | null
  readonly owner: string
  readonly ownerName: string
  readonly name: string
  readonly path: string
  readonly search: string
  readonly shared: boolean
}

/** A person's own views and those shared within the organisation, by name. */
export function listViews(db: Db, org: string | null, owner: string): Promise<ViewRow[]> {
  return db
    .selectFrom('views')
    .selectAll()
    .where('org', 'is not distinct from', org)
    .where((is) => is.or([is('owner', '=', owner), is('shared', '=', true)]))
    .orderBy('path')
    .orderBy('name')
    .execute()
}

/** Saves a view; one of the same name on the same page is replaced. */
export function saveView(db: Db, { ownerName, ...view }: NewView): Promise<ViewRow> {
  const { search, shared } = view
  return db
    .insertInto('views')
    .values({ ...view, id: randomUUID(), owner_name: ownerName, changed_at: new Date() })
    .onConflict((conflict) =>
      conflict.columns(['owner', 'path', 'name']).doUpdateSet({ search, shared, changed_at: new Date() }),
    )
    .returningAll()
    .executeTakeFirstOrThrow()
}

export function findView(db: Db, org: string | null, id: string): Promise<ViewRow | undefined> {
  return db
    .selectFrom('views')
    .selectAll()
    .where('org', 'is not distinct from', org)
    .where('id', '=', id)
    .executeTakeFirst()
}

export async function deleteView(db: Db, id: string): Promise<void> {
  await db.deleteFrom('views').where('id', '=', id).execute()
}
