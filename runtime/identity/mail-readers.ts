import { sql } from 'kysely'
import type { Store } from '../store/index.ts'
import { type Preferences, tellsOf, withDefaults } from './preferences.ts'

/** Something that the notification centre shows. */
interface Told {
  readonly org: string | null
  readonly severity: string
  readonly alert: string
  /** Whom alone it is for; undefined is everybody of the tenant. */
  readonly users: readonly string[] | undefined
}

export interface MailReader {
  readonly id: string
  readonly email: string
}

/** The people who see an alert in their notification centre and want it by e-mail too. */
export async function mailReadersOf({ db }: Store, told: Told): Promise<readonly MailReader[]> {
  const rows = await db
    .selectFrom('users as u')
    .innerJoin('preferences as p', (join) => join.on(sql<boolean>`p.owner = 'account:' || u.id`))
    .select(['u.id', 'u.email', 'u.directory_id', 'p.value'])
    .where('u.org', 'is not distinct from', told.org)
    .where('u.deactivated_at', 'is', null)
    .orderBy('u.id')
    .execute()
  return rows.flatMap(({ directory_id, email, id, value }) => {
    const isFor = told.users === undefined || (directory_id !== null && told.users.includes(directory_id))
    const wants = tellsOf(withDefaults(value as Preferences), told, 'email')
    return isFor && wants && email !== null ? [{ id, email }] : []
  })
}
