import type { Kysely } from 'kysely'
import type { StoreSchema } from '../../store/index.ts'
import type { Message } from '../message.ts'
import { headline, type Outcome } from './sender.ts'

/** Puts a message into the notification centre, once: with `to` for these users, otherwise for the whole tenant. */
export async function sendInApp(db: Kysely<StoreSchema>, message: Message): Promise<Outcome> {
  const { about, at, channel, fields, group, key, kind, links, org, severity, status, text, to } = message
  const users = to ?? [null]
  if (users.length === 0) return { ok: true, response: null }
  await db
    .insertInto('notifications')
    .values(
      users.map((user) => ({
        org,
        channel,
        key,
        user_id: user,
        kind,
        status,
        severity,
        group_key: group,
        title: headline(message),
        text,
        fields: JSON.stringify(fields),
        href: links[0]?.href ?? null,
        alert: about?.alert ?? null,
        instances: about === undefined ? null : JSON.stringify(about.instances),
        at,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return { ok: true, response: null }
}
