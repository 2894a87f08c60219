import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AlertSight } from '../../channels/index.ts'
import type { Manifest } from '../../compiler/index.ts'
import { fail, suggest } from '../../diagnostics/index.ts'
import type { SecurityContext, SemanticLayer } from '../../semantic/index.ts'
import { createLease, type Store } from '../../store/index.ts'
import { ownKeyOf } from '../checks/series.ts'
import type { Query } from '../evaluate/ask.ts'
import { createEvaluator, type Evaluator } from '../evaluate/evaluator.ts'
import { type Running, run } from '../evaluate/run.ts'
import { rememberTenants } from '../evaluate/tenants.ts'
import { createWatch } from '../evaluate/watch.ts'
import type { Instance } from '../instance.ts'
import { firingOnes, inhibitorOf, isSilencedBy, maintenanceAt, type Silence } from '../notify/index.ts'
import type { CompiledAlert, Rule } from '../rule.ts'
import { createRules } from '../rules.ts'
import { type Backtest, backtest } from '../simulate/index.ts'
import { findInstance, type HistoryEntry, loadInstances, loadOverrides, readHistory } from '../state/index.ts'
import { acknowledgeInstances, type NewOverride, overrideLimits, releaseInstances, resetLimits } from './acting.ts'
import { type DryRun, dryRun } from './dry-run.ts'
import { overridePatch } from './override-patch.ts'
import { createSights } from './sights.ts'
import { type Actor, type NewSilence, silence, silencesOf, unsilence } from './silencing.ts'
import { type AlertView, viewOf } from './views.ts'
import { sightOf } from './visibility.ts'

export interface AlertsOptions {
  readonly store: Store
  readonly semantic: SemanticLayer
  readonly manifest: () => Manifest
  /** Folder of the project. */
  readonly dir: string
  readonly versions: () => Promise<ReadonlyMap<string, number>>
  readonly tenants: () => Promise<readonly (string | null)[]>
  readonly now?: () => Date
  /** Names this server among those that share the store. */
  readonly holder?: string
}

/** The alerts of a project: what they are, what became of them, and what people do about them. */
export interface Alerts {
  /** Those that the caller may see, with all their instances or only with those that are not normal. */
  list(context: SecurityContext, instances?: InstanceChoice): Promise<readonly AlertView[]>
  history(
    context: SecurityContext,
    name: string,
    page: { readonly limit: number; readonly before?: string },
  ): Promise<readonly HistoryEntry[]>
  silences(org: string | null): Promise<readonly Silence[]>
  silence(actor: Actor, input: NewSilence): Promise<Silence>
  unsilence(actor: Actor, id: string): Promise<void>
  /** All instances, or one. */
  acknowledge(context: SecurityContext, actor: Actor, name: string, instance?: string): Promise<void>
  release(context: SecurityContext, actor: Actor, name: string, instance?: string): Promise<void>
  override(context: SecurityContext, actor: Actor, name: string, input: NewOverride): Promise<void>
  resetOverride(context: SecurityContext, actor: Actor, name: string): Promise<void>
  /** The overridden limits as a patch of the file. */
  patch(context: SecurityContext, name: string): Promise<string>
  /** Which messages of alerts the caller may read. */
  sights(context: SecurityContext): Promise<AlertSight>
  /** What would fire now. */
  check(tenants: readonly (string | null)[], name?: string): Promise<readonly DryRun[]>
  /** When an alert would have fired in one tenant. */
  backtest(context: SecurityContext, name: string, from: Date, to: Date): Promise<Backtest>
  readonly evaluator: Evaluator
  /** Checks alerts until it is stopped. */
  start(onTrouble: (error: unknown) => void): Running
}

export type InstanceChoice = 'all' | 'open'

const LEASE_SECONDS = 30

export function createAlerts(options: AlertsOptions): Alerts {
  const { manifest, semantic, store, versions } = options
  const tenants = rememberTenants(options.tenants, versions)
  const now = options.now ?? (() => new Date())
  const lease = createLease(store.db, 'alerts', options.holder ?? randomUUID(), LEASE_SECONDS)
  const queryAs = asAdministrator(semantic)
  const evaluator = createEvaluator({ store, lease, manifest, tenants, queryAs })
  const visible = (context: SecurityContext, name: string) => visibleAlert(options, context, name)
  const ruleFor = async (org: string | null, alert: CompiledAlert): Promise<Rule> => {
    const overrides = await loadOverrides(store.db, org)
    return (
      createRules(manifest()).of(overrides).get(alert.name) ??
      fail('AM8030', `The alert \`${alert.name}\` is switched off.`)
    )
  }
  return {
    evaluator,
    sights: createSights({ semantic, manifest, now }),
    list: (context, instances = 'all') => listAlerts(options, evaluator, context, instances, now()),
    history: async (context, name, { before, limit }) => {
      const { alert, allows, values } = await visible(context, name)
      const entries = await readHistory(store.db, context.org, alert.name, limit, before)
      return entries
        .filter(({ labels }) => allows(labels))
        .map((entry) => (values ? entry : { ...entry, value: null, text: '' }))
    },
    silences: (org) => silencesOf(store, org, now()),
    silence: (actor, input) =>
      silence(
        store,
        actor,
        input,
        manifest().alerts.map(({ name }) => name),
        now(),
      ),
    unsilence: (actor, id) => unsilence(store, actor, id, now()),
    acknowledge: async (context, actor, name, id) => {
      const { alert, allows } = await visible(context, name)
      const instances = await instancesOf(store, context.org, alert.name, id)
      await acknowledgeInstances(
        store,
        manifest(),
        await ruleFor(context.org, alert),
        instances.filter(({ labels }) => allows(labels)),
        actor,
        now(),
      )
    },
    release: async (context, actor, name, id) => {
      const { alert, allows } = await visible(context, name)
      const instances = await instancesOf(store, context.org, alert.name, id)
      await releaseInstances(
        store,
        await ruleFor(context.org, alert),
        instances.filter(({ labels }) => allows(labels)),
        actor,
        now(),
      )
    },
    override: async (context, actor, name, input) => {
      const { alert } = await visible(context, name)
      await overrideLimits(store, alert, input, actor, now())
    },
    resetOverride: async (context, actor, name) => {
      const { alert } = await visible(context, name)
      await resetLimits(store, alert, actor)
    },
    patch: async (context, name) => {
      const { alert } = await visible(context, name)
      const override = (await loadOverrides(store.db, context.org)).find((one) => one.alert === name)
      const text = await readFile(join(options.dir, alert.source.file), 'utf8')
      const patch = override && overridePatch(alert, override.settings, text)
      return patch ?? fail('AM8034', `The limits of \`${name}\` are those of the file.`)
    },
    check: async (orgs, name) =>
      dryRun({
        manifest: manifest(),
        tenants: orgs,
        queryAs,
        overrides: await loadOverrides(store.db),
        now: now(),
        name,
      }),
    backtest: async (context, name, from, to) => {
      const { alert, values } = await visible(context, name)
      if (!values) fail('AM8030', `Your role does not see the values of \`${name}\`.`)
      const { timezone, weekStart } = manifest().project
      const rule = await ruleFor(context.org, alert)
      const query: Query = async (question) => (await semantic.query(question, context)).rows
      return backtest({ rule, org: context.org, query, clock: { timezone, weekStart }, from, to })
    },
    start: (onTrouble) => {
      const running = run({ evaluator, changed: createWatch(manifest, versions), now, onTrouble })
      return {
        stop: async () => {
          await running.stop()
          await lease.release()
        },
      }
    },
  }
}

/** Alerts see all rows of their tenant; who is told is up to `notify`. */
export function asAdministrator(semantic: SemanticLayer): (org: string | null) => Query {
  return (org) => async (query) => {
    const { rows } = await semantic.query(query, { org, role: 'admin', user: null, attributes: {} })
    return rows
  }
}

async function instancesOf(
  store: Store,
  org: string | null,
  name: string,
  id: string | undefined,
): Promise<readonly Instance[]> {
  if (id === undefined) return (await loadInstances(store.db, org)).filter(({ alert }) => alert === name)
  const found = await findInstance(store.db, org, id)
  if (found?.alert !== name) fail('AM8034', `\`${name}\` has no instance \`${id}\`.`)
  return found === undefined ? [] : [found]
}

async function visibleAlert({ manifest, semantic }: AlertsOptions, context: SecurityContext, name: string) {
  const { alerts } = manifest()
  const alert = alerts.find((candidate) => candidate.name === name)
  const sight = alert && (await sightOf(semantic, context, alert))
  if (alert === undefined || sight === undefined) {
    const known = alerts.map((candidate) => candidate.name)
    return fail('AM8030', `There is no alert \`${name}\`.`, {
      hint: alert === undefined ? suggest(name, known) : undefined,
    })
  }
  return { alert, values: sight.values, allows: (labels: Instance['labels']) => isAllowed(alert, sight.keys, labels) }
}

function isAllowed({ by = [] }: CompiledAlert, keys: ReadonlySet<string> | null, labels: Instance['labels']): boolean {
  return keys === null || keys.has(ownKeyOf(by, labels))
}

async function listAlerts(
  { manifest, semantic, store }: AlertsOptions,
  evaluator: Evaluator,
  context: SecurityContext,
  choice: InstanceChoice,
  now: Date,
): Promise<readonly AlertView[]> {
  const { org } = context
  const [stored, silences, overrides] = await Promise.all([
    loadInstances(store.db, org),
    silencesOf(store, org, now),
    loadOverrides(store.db, org),
  ])
  const { alerts, maintenance, project } = manifest()
  const rules = createRules(manifest()).of(overrides)
  const firing = firingOnes(stored)
  const maintenanceOf = maintenanceAt(maintenance, now.getTime(), project.timezone)
  const mutedBy = (instance: Instance): string | null => {
    const found = silences.find((one) => isSilencedBy(one, instance, now.getTime()))
    if (found !== undefined) return `Silenced by ${found.createdBy}: ${found.reason}`
    const window = maintenanceOf(instance)
    if (window !== undefined) return `Maintenance: ${window.description ?? window.name}`
    const cause = inhibitorOf(instance, rules, firing)
    return cause === undefined ? null : `Inhibited by ${cause.alert}`
  }
  const views = await Promise.all(
    alerts.map(async (alert): Promise<readonly AlertView[]> => {
      const sight = await sightOf(semantic, context, alert)
      if (sight === undefined) return []
      const mine = stored.filter((instance) => instance.alert === alert.name)
      const known = new Set(mine.map(({ id }) => id))
      const normal = evaluator
        .latest(org, alert.name)
        .filter(({ id, state }) => !known.has(id) && state.status === 'normal')
      const all = choice === 'all' ? [...mine, ...normal] : mine.filter(({ state }) => state.status !== 'normal')
      const instances = all.filter(({ labels }) => isAllowed(alert, sight.keys, labels))
      const override = overrides.find((one) => one.alert === alert.name)
      const mute = silences.find(
        (one) => one.alert === alert.name && Object.keys(one.matchers).length === 0 && one.startsAt <= now,
      )
      return [
        viewOf({ alert, rule: rules.get(alert.name), instances, override, mute, showsValues: sight.values, mutedBy }),
      ]
    }),
  )
  return views.flat()
}
