import { enqueue } from '../../channels/index.ts'
import type { Manifest } from '../../compiler/index.ts'
import type { Lease, Store } from '../../store/index.ts'
import { type Instance, isActive } from '../instance.ts'
import { firingOnes, inhibitorOf, isSilencedBy, maintenanceAt, planMessages, type Silence } from '../notify/index.ts'
import type { Rule } from '../rule.ts'
import { createRules, type Rules } from '../rules.ts'
import {
  loadInstances,
  loadOverrides,
  loadSilences,
  type Override,
  removeInstances,
  saveInstances,
  writeHistory,
} from '../state/index.ts'
import { askTogether, type Query } from './ask.ts'
import { type Change, evaluateRule, type Findings } from './evaluate-rule.ts'

export interface EvaluatorOptions {
  readonly store: Store
  readonly lease: Lease
  readonly manifest: () => Manifest
  readonly tenants: () => Promise<readonly (string | null)[]>
  /** Asks as an administrator of a tenant. */
  readonly queryAs: (org: string | null) => Query
}

/** What one look at everything that was due did. */
export interface Tick {
  /** False while another server has the lease. */
  readonly leading: boolean
  readonly checks: number
  readonly changes: number
  readonly messages: number
}

/** Which alerts a tick looks at: all of them by default. */
export interface Scope {
  /** Those on events, which do not wait until the others were checked; or those others. */
  readonly part?: 'events' | 'others'
  /** Due in any case. */
  readonly wanted?: ReadonlySet<string>
}

export interface Evaluator {
  /** Checks what is due. Ticks of the two parts may overlap, those of one part may not. */
  tick(now: Date, scope?: Scope): Promise<Tick>
  /** Instances as the last check found them, normal ones too; empty on servers that do not lead. */
  latest(org: string | null, alert: string): readonly Instance[]
}

const NOT_LEADING: Tick = { leading: false, checks: 0, changes: 0, messages: 0 }

export function createEvaluator(options: EvaluatorOptions): Evaluator {
  const latest = new Map<string, readonly Instance[]>()
  const checked = new Map<string, number>()
  const rules = remembered(createRules)
  return {
    tick: async (now, scope = {}) => {
      if (!(await options.lease.hold())) {
        checked.clear()
        latest.clear()
        return NOT_LEADING
      }
      const known = await loadState(options.store, now)
      const results: Tick[] = []
      for (const org of await options.tenants()) {
        const own = rules(options.manifest()).of(known.overrides.filter((override) => override.org === org))
        results.push(await checkTenant(options, { org, rules: own, now, scope, checked, latest, ...known }))
      }
      return results.reduce(add, { ...NOT_LEADING, leading: true })
    },
    latest: (org, alert) => latest.get(placeOf(org, alert)) ?? [],
  }
}

/** The rules of a manifest are worked out once. */
function remembered(create: (manifest: Manifest) => Rules): (manifest: Manifest) => Rules {
  let last: { readonly manifest: Manifest; readonly rules: Rules } | undefined
  return (manifest) => {
    if (last?.manifest !== manifest) last = { manifest, rules: create(manifest) }
    return last.rules
  }
}

const placeOf = (org: string | null, alert: string) => `${org ?? ''}/${alert}`

const add = (a: Tick, b: Tick): Tick => ({
  leading: a.leading,
  checks: a.checks + b.checks,
  changes: a.changes + b.changes,
  messages: a.messages + b.messages,
})

interface Known {
  readonly instances: readonly Instance[]
  readonly silences: readonly Silence[]
  readonly overrides: readonly Override[]
}

async function loadState({ db }: Store, now: Date): Promise<Known> {
  const [instances, silences, overrides] = await Promise.all([
    loadInstances(db),
    loadSilences(db, now),
    loadOverrides(db),
  ])
  return { instances, silences, overrides }
}

interface Tenant extends Known {
  readonly org: string | null
  readonly rules: ReadonlyMap<string, Rule>
  readonly now: Date
  readonly scope: Scope
  readonly checked: Map<string, number>
  readonly latest: Map<string, readonly Instance[]>
}

async function checkTenant(options: EvaluatorOptions, tenant: Tenant): Promise<Tick> {
  const { now, org, rules } = tenant
  const time = now.getTime()
  const due = [...rules.values()].filter((rule) => isInPart(tenant.scope, rule) && isDue(tenant, rule))
  const mine = tenant.instances.filter((instance) => instance.org === org)
  const answers = await askTogether(due, time, options.queryAs(org))
  const instances = new Map(mine.map((instance) => [instance.id, instance]))
  const changes: Change[] = []
  for (const rule of due) {
    const known = mine.filter(({ alert }) => alert === rule.name)
    const evaluated = evaluateRule(rule, org, findingsOf(rule, answers.get(rule), time), known, time)
    for (const instance of evaluated.instances) instances.set(instance.id, instance)
    changes.push(...evaluated.changes)
    tenant.latest.set(placeOf(org, rule.name), evaluated.instances)
    tenant.checked.set(placeOf(org, rule.name), time)
  }
  const messages = await write(options, tenant, mine, instances, changes)
  return { leading: true, checks: due.length, changes: changes.length, messages }
}

const isInPart = ({ part }: Scope, { alert }: Rule): boolean =>
  part === undefined || (part === 'events') === (alert.type === 'event')

/** Checks stand on the grid of `every`, so that those of several alerts come together. */
function isDue({ checked, now, org, scope }: Tenant, { name, timing }: Rule): boolean {
  const last = checked.get(placeOf(org, name))
  const time = now.getTime()
  if (last === undefined || last > time || scope.wanted?.has(name) === true) return true
  return Math.floor(time / timing.every) > Math.floor(last / timing.every)
}

function findingsOf(
  rule: Rule,
  answer: Awaited<ReturnType<typeof askTogether>> extends ReadonlyMap<Rule, infer A> ? A | undefined : never,
  now: number,
): Findings {
  if (answer === undefined) return { problem: 'there was no answer' }
  return 'problem' in answer ? answer : rule.check.judge(answer.rows, now)
}

/** State, history and messages are written together, and only while the lease is held: a server that lost it tells nobody. */
async function write(
  options: EvaluatorOptions,
  tenant: Tenant,
  before: readonly Instance[],
  instances: Map<string, Instance>,
  changes: readonly Change[],
): Promise<number> {
  const { now, rules } = tenant
  const manifest = options.manifest()
  const all = [...instances.values()]
  const firing = firingOnes(all)
  const maintenanceOf = maintenanceAt(manifest.maintenance, now.getTime(), manifest.project.timezone)
  const mutedBy = (instance: Instance) => {
    if (tenant.silences.some((silence) => isSilencedBy(silence, instance, now.getTime()))) return 'silence'
    if (maintenanceOf(instance) !== undefined) return 'maintenance'
    return inhibitorOf(instance, rules, firing) === undefined ? undefined : 'inhibited'
  }
  const told = all.filter((instance) => {
    const rule = rules.get(instance.alert)
    return (isActive(instance) || instance.notified !== null) && (rule === undefined || isInPart(tenant.scope, rule))
  })
  const plan = planMessages({ rules, channels: manifest.channels, instances: told, mutedBy, now: now.getTime() })
  for (const instance of plan.instances) instances.set(instance.id, instance)
  const { changed, gone } = difference(before, [...instances.values()], rules)
  if (changed.length + gone.length + changes.length + plan.messages.length === 0) return 0
  return options.store.db.transaction().execute(async (transaction) => {
    if (!(await options.lease.check(transaction))) return 0
    await saveInstances(transaction, changed)
    await removeInstances(transaction, gone)
    await writeHistory(transaction, changes)
    await enqueue(transaction, plan.messages, now)
    return plan.messages.length
  })
}

/** Instances that are worth keeping and changed, and those that are over. */
function difference(before: readonly Instance[], after: readonly Instance[], rules: ReadonlyMap<string, Rule>) {
  const stored = new Map(before.map((instance) => [instance.id, instance]))
  const keep = (instance: Instance) => rules.has(instance.alert) && isWorthKeeping(instance, rules.get(instance.alert))
  const changed = after.filter((instance) => keep(instance) && isNews(instance, stored.get(instance.id)))
  const gone = after.filter((instance) => stored.has(instance.id) && !keep(instance)).map(({ id }) => id)
  return { changed, gone }
}

/** Of an instance that stays normal only its existence is kept. */
function isNews(instance: Instance, stored: Instance | undefined): boolean {
  if (stored === undefined || instance === stored) return stored === undefined
  const isQuiet = ({ notified, state }: Instance) =>
    state.status === 'normal' && state.failures === 0 && notified === null
  return !(isQuiet(instance) && isQuiet(stored))
}

/** What is normal and was told to nobody needs no memory, unless its absence would be missed. */
function isWorthKeeping({ notified, state }: Instance, rule: Rule | undefined): boolean {
  return (
    state.status !== 'normal' || state.failures > 0 || notified !== null || (rule !== undefined && rule.noData !== 'ok')
  )
}
