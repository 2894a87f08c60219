import { fail, suggest } from '../../diagnostics/index.ts'
import { type Store, writeAudit } from '../../store/index.ts'
import { millisOf } from '../duration.ts'
import type { Silence } from '../notify/index.ts'
import { addSilence, endSilence, loadSilences } from '../state/index.ts'

export interface NewSilence {
  readonly alert?: string | undefined
  readonly matchers?: Readonly<Record<string, string>> | undefined
  /** Instant, or a length of time from now such as `2h`. */
  readonly until?: string | undefined
  readonly reason: string
}

export interface Actor {
  readonly org: string | null
  /** Who is said to have done it. */
  readonly name: string
}

/** Makes a silence; without `until` it is a mute, which holds until somebody ends it. */
export async function silence(
  store: Store,
  actor: Actor,
  input: NewSilence,
  known: readonly string[],
  now: Date,
): Promise<Silence> {
  const { alert, matchers = {}, reason, until } = input
  if (alert !== undefined && !known.includes(alert))
    fail('AM8030', `There is no alert \`${alert}\`.`, { hint: suggest(alert, known) })
  if (reason.trim() === '')
    fail('AM8033', 'A silence says why.', { hint: 'Others ask themselves why nobody was told.' })
  if (alert === undefined && Object.keys(matchers).length === 0) {
    fail('AM8033', 'A silence of everything hides what goes wrong.', {
      hint: 'Name an alert, or labels such as `team`.',
    })
  }
  const made = await store.db.transaction().execute(async (transaction) => {
    const written = await addSilence(transaction, {
      org: actor.org,
      alert: alert ?? null,
      matchers,
      reason,
      createdBy: actor.name,
      startsAt: now,
      endsAt: until === undefined ? null : endOf(until, now),
    })
    await audit(transaction, actor, 'alert.silenced', written)
    return written
  })
  return made
}

function endOf(until: string, now: Date): Date {
  const end = /^[1-9]\d*[smhdw]$/.test(until) ? new Date(now.getTime() + millisOf(until)) : new Date(until)
  if (Number.isNaN(end.getTime()))
    fail('AM8033', `\`${until}\` is no end of a silence.`, {
      hint: 'Write `2h`, `3d` or an instant such as `2026-03-31T09:00:00Z`.',
    })
  if (end <= now)
    fail('AM8033', `The silence would have ended at ${end.toISOString()}.`, { hint: 'Give it an end in the future.' })
  return end
}

export async function unsilence(store: Store, actor: Actor, id: string, now: Date): Promise<void> {
  await store.db.transaction().execute(async (transaction) => {
    const ended = await endSilence(transaction, actor.org, id, actor.name, now)
    if (!ended) fail('AM8034', `There is no silence \`${id}\` that could be ended.`)
    await writeAudit(transaction, { org: actor.org, actor: actor.name, action: 'alert.unsilenced', subject: id })
  })
}

export const silencesOf = (store: Store, org: string | null, now: Date): Promise<readonly Silence[]> =>
  loadSilences(store.db, now, org)

async function audit(db: Parameters<typeof writeAudit>[0], actor: Actor, action: string, made: Silence) {
  const { alert, endsAt, id, matchers, reason } = made
  const detail = { alert, matchers, reason, until: endsAt?.toISOString() ?? null }
  await writeAudit(db, { org: actor.org, actor: actor.name, action, subject: id, detail })
}
