import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { FeedbackRow } from '../personal-tables.ts'
import type { StoreSchema } from '../schema.ts'

type Db = Kysely<StoreSchema>

export interface NewFeedback {
  readonly org: string | null
  readonly owner: string
  readonly page: string
  readonly widget: string | null
  readonly rating: 'up' | 'down'
  readonly comment: string | null
}

export function addFeedback(db: Db, feedback: NewFeedback): Promise<FeedbackRow> {
  return db
    .insertInto('feedback')
    .values({ ...feedback, id: randomUUID() })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** What people of an organisation said, the newest first. */
export function listFeedback(db: Db, org: string | null, limit = 200): Promise<FeedbackRow[]> {
  return db
    .selectFrom('feedback')
    .selectAll()
    .where('org', 'is not distinct from', org)
    .orderBy('at', 'desc')
    .limit(limit)
    .execute()
}
