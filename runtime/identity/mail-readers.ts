import { sql } from 'kysely'
import type { Store } from '../store/index.ts'
import { type Caller, isRole } from './caller.ts'
import { type Preferences, tellsOf, withDefaults } from './preferences.ts'
import type { FindPerson } from './sessions.ts'

/** Something that the notification centre shows. */
interface Told {
  readonly org: string | null
  readonly severity: string
  readonly alert: string
  /** Whom alone it is for; undefined is everybody of the tenant. */
  readonly users: readonly string[] | undefined
  /** Whether somebody may see it. */
  readonly isShownTo: (person: Pick<Caller, 'org' | 'role' | 'user'>) => Promise<boolean>
}

export interface MailReader {
  readonly id: string
  readonly email: string
}

/** The people who see an alert in their notification centre and want it by e-mail too. */
export async function mailReadersOf({ db }: Store, findPerson: FindPerson, told: Told): Promise<readonly MailReader[]> {
  const rows = await db
    .selectFrom('users as u')
    .innerJoin('preferences as p', (join) => join.on(sql<boolean>`p.owner = 'account:' || u.id`))
    .select(['u.id', 'u.email', 'u.role', 'u.directory_id', 'p.value'])
    .where('u.org', 'is not distinct from', told.org)
    .where('u.deactivated_at', 'is', null)
    .orderBy('u.id')
    .execute()
  const readers: MailReader[] = []
  for (const { directory_id, email, id, role, value } of rows) {
    if (email === null || !isRole(role) || !tellsOf(withDefaults(value as Preferences), told, 'email')) continue
    const user = directory_id ?? (await findPerson(told.org, email))
    const isFor = told.users === undefined || (user !== null && told.users.includes(user))
    if (isFor && (await told.isShownTo({ org: told.org, role, user }))) readers.push({ id, email })
  }
  return readers
}
