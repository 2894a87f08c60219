import { randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { PersonalDashboardRow } from '../personal-tables.ts'
import type { StoreSchema } from '../schema.ts'

type Db = Kysely<StoreSchema>

export interface NewDashboard {
  readonly org: string | null
  readonly owner: string
  readonly ownerName: string
  readonly definition: object
  /** The dashboard of the project that it is a copy of. */
  readonly origin: string | null
  readonly shared: boolean
}

/** A person's own dashboards and those shared within the organisation. */
export function listDashboards(db: Db, org: string | null, owner: string): Promise<PersonalDashboardRow[]> {
  return db
    .selectFrom('personal_dashboards')
    .selectAll()
    .where('org', 'is not distinct from', org)
    .where((is) => is.or([is('owner', '=', owner), is('shared', '=', true)]))
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}

export function findDashboard(db: Db, org: string | null, id: string): Promise<PersonalDashboardRow | undefined> {
  return db
    .selectFrom('personal_dashboards')
    .selectAll()
    .where('org', 'is not distinct from', org)
    .where('id', '=', id)
    .executeTakeFirst()
}

export function createDashboard(db: Db, { ownerName, definition, ...rest }: NewDashboard) {
  const values = { ...rest, id: randomUUID(), owner_name: ownerName, definition: JSON.stringify(definition) }
  return db.insertInto('personal_dashboards').values(values).returningAll().executeTakeFirstOrThrow()
}

/** Undefined where it was changed or deleted since it was read. */
export function changeDashboard(
  db: Db,
  { id, changed_at }: Pick<PersonalDashboardRow, 'id' | 'changed_at'>,
  definition: object,
  shared: boolean,
): Promise<PersonalDashboardRow | undefined> {
  return db
    .updateTable('personal_dashboards')
    .set({ definition: JSON.stringify(definition), shared, changed_at: new Date() })
    .where('id', '=', id)
    .where(sql<Date>`date_trunc('milliseconds', changed_at)`, '=', changed_at)
    .returningAll()
    .executeTakeFirst()
}

export async function deleteDashboard(db: Db, id: string): Promise<void> {
  await db.deleteFrom('personal_dashboards').where('id', '=', id).execute()
}
