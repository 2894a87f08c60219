import { enqueue } from '../../channels/index.ts'
import type { Manifest } from '../../compiler/index.ts'
import { fail } from '../../diagnostics/index.ts'
import { type Store, writeAudit } from '../../store/index.ts'
import { type Instance, isActive } from '../instance.ts'
import { groupKey, messagesOf } from '../notify/index.ts'
import type { CompiledAlert, Rule } from '../rule.ts'
import { acknowledge, noteAction, type Override, removeOverride, saveOverride } from '../state/index.ts'
import type { Actor } from './silencing.ts'
import { limitsOf } from './views.ts'

/** Somebody takes care: it is not told again, and incident tools hear of it. */
export async function acknowledgeInstances(
  store: Store,
  manifest: Manifest,
  rule: Rule,
  instances: readonly Instance[],
  actor: Actor,
  now: Date,
): Promise<void> {
  const news = instances.filter((instance) => isActive(instance) && instance.acknowledgedBy === null)
  if (news.length === 0)
    fail('AM8034', `\`${rule.name}\` has nothing to acknowledge.`, {
      hint: 'Only what fires, and nobody acknowledged yet, can be.',
    })
  await store.db.transaction().execute(async (transaction) => {
    await acknowledge(
      transaction,
      news.map(({ id }) => id),
      actor.name,
      now,
    )
    for (const instance of news)
      await noteAction(transaction, instance, { text: `Acknowledged by ${actor.name}.`, actor: actor.name, at: now })
    const groups = new Map(news.map((instance) => [groupKey(instance, rule), instance]))
    for (const [group, instance] of groups) {
      if (instance.notified === null) continue
      const told = {
        group,
        status: 'acknowledged' as const,
        news: [instance],
        members: [instance],
        now: now.getTime(),
        by: actor.name,
      }
      await enqueue(transaction, messagesOf(rule, manifest.channels, told), now)
    }
    const detail = { instances: news.map(({ labels }) => labels) }
    await writeAudit(transaction, {
      org: actor.org,
      actor: actor.name,
      action: 'alert.acknowledged',
      subject: rule.name,
      detail,
    })
  })
}

/** Takes an acknowledgement back. */
export async function releaseInstances(
  store: Store,
  rule: Rule,
  instances: readonly Instance[],
  actor: Actor,
  now: Date,
): Promise<void> {
  const held = instances.filter(({ acknowledgedBy }) => acknowledgedBy !== null)
  if (held.length === 0) fail('AM8034', `Nobody acknowledged \`${rule.name}\`.`)
  await store.db.transaction().execute(async (transaction) => {
    await acknowledge(
      transaction,
      held.map(({ id }) => id),
      null,
      null,
    )
    for (const instance of held)
      await noteAction(transaction, instance, { text: `Released by ${actor.name}.`, actor: actor.name, at: now })
    await writeAudit(transaction, { org: actor.org, actor: actor.name, action: 'alert.released', subject: rule.name })
  })
}

export interface NewOverride {
  readonly above?: number | undefined
  readonly below?: number | undefined
  readonly reason?: string | undefined
}

export async function overrideLimits(
  store: Store,
  alert: CompiledAlert,
  input: NewOverride,
  actor: Actor,
  now: Date,
): Promise<void> {
  const settings = {
    ...(input.above !== undefined && { above: input.above }),
    ...(input.below !== undefined && { below: input.below }),
  }
  checkOverride(alert, settings)
  const override: Override = {
    org: actor.org,
    alert: alert.name,
    settings,
    reason: input.reason ?? '',
    by: actor.name,
    at: now,
  }
  await store.db.transaction().execute(async (transaction) => {
    await saveOverride(transaction, override)
    const detail = { ...settings, from: limitsOf(alert), reason: override.reason }
    await writeAudit(transaction, {
      org: actor.org,
      actor: actor.name,
      action: 'alert.overridden',
      subject: alert.name,
      detail,
    })
  })
}

export async function resetLimits(store: Store, alert: CompiledAlert, actor: Actor): Promise<void> {
  await store.db.transaction().execute(async (transaction) => {
    const removed = await removeOverride(transaction, actor.org, alert.name)
    if (!removed) fail('AM8034', `The limits of \`${alert.name}\` are those of the file.`)
    await writeAudit(transaction, {
      org: actor.org,
      actor: actor.name,
      action: 'alert.override_removed',
      subject: alert.name,
    })
  })
}

/** The file says which limits may be changed, and how far. */
function checkOverride(alert: CompiledAlert, settings: Override['settings']): void {
  const bounds = 'bounds' in alert ? alert.bounds : undefined
  const limits = limitsOf(alert)
  if (bounds === undefined || Object.keys(limits).length === 0) {
    fail('AM8031', `The limits of \`${alert.name}\` are fixed.`, {
      hint: `Add \`bounds: { min: …, max: … }\` in ${alert.source.file}.`,
    })
  }
  const entries = Object.entries(settings)
  if (entries.length === 0)
    fail('AM8031', 'The override changes nothing.', { hint: `It may change \`${Object.keys(limits).join('`, `')}\`.` })
  const { max = Number.POSITIVE_INFINITY, min = Number.NEGATIVE_INFINITY } = bounds
  for (const [key, value] of entries) {
    if (limits[key] === undefined)
      fail('AM8031', `\`${alert.name}\` has no limit \`${key}\`.`, {
        hint: `It has \`${Object.keys(limits).join('`, `')}\`.`,
      })
    if (value >= min && value <= max) continue
    fail('AM8031', `${value} lies out of the bounds of \`${alert.name}\`.`, {
      hint: `They go from ${bounds.min ?? 'anything'} to ${bounds.max ?? 'anything'}.`,
    })
  }
}
