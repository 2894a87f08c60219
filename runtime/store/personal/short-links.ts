import { randomBytes } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { ShortLinkRow } from '../personal-tables.ts'
import type { StoreSchema } from '../schema.ts'

type Db = Kysely<StoreSchema>

export interface Target {
  readonly org: string | null
  readonly path: string
  readonly search: string
}

/** The id of the short link to a page as it is filtered; the same page has the same one. */
export async function shortenLink(db: Db, { org, path, search }: Target, createdBy: string): Promise<string> {
  const known = await db
    .selectFrom('short_links')
    .select('id')
    .where(sql<string>`md5(path || search)`, '=', sql<string>`md5(${path + search})`)
    .where('path', '=', path)
    .where('search', '=', search)
    .where('org', 'is not distinct from', org)
    .executeTakeFirst()
  if (known !== undefined) return known.id
  const id = randomBytes(6).toString('base64url')
  await db.insertInto('short_links').values({ id, org, path, search, created_by: createdBy }).execute()
  return id
}

export function followLink(db: Db, org: string | null, id: string): Promise<ShortLinkRow | undefined> {
  return db
    .selectFrom('short_links')
    .selectAll()
    .where('id', '=', id)
    .where('org', 'is not distinct from', org)
    .executeTakeFirst()
}
