import { createAlerts, firingNow } from './alerts/index.ts'
import type { BuildOptions, Services } from './api/index.ts'
import { createDelivery, createUrlGuard, mayRead } from './channels/index.ts'
import { createLiveDemo, type Seeded, type SeedOptions, seedDemo } from './demo/index.ts'
import { isError, UserError } from './diagnostics/index.ts'
import {
  createDirectory,
  createIdentity,
  lookUpAttributes,
  mailReadersOf,
  onlyTenant,
  rememberAttributes,
  tenantsOf,
} from './identity/index.ts'
import { EVENTS, type Intake, kafkaSettings, openIntake } from './ingest/index.ts'
import { endIdleSessions, telemetrySettings } from './ingest/telemetry/index.ts'
import { createUsageRecorder } from './ingest/usage/index.ts'
import { createChanges } from './preview/index.ts'
import { compileProject, createProjectLoader, type Project } from './project/index.ts'
import { createBrowserPool, createPrinter, createReports } from './reports/index.ts'
import { retain, startRetention } from './retention/index.ts'
import { createSemanticLayer, type SemanticLayer } from './semantic/index.ts'
import { openStore } from './store/index.ts'
import { runTests } from './testing/index.ts'
import {
  type BuildMemory,
  type BuildReport,
  build,
  createBuildMemory,
  type Following,
  followSources,
  NO_BUILDS,
  openWarehouse,
  type SqlError,
  withBuild,
} from './warehouse/index.ts'

export type { RunningServer, Services } from './api/index.ts'
export { startServer } from './api/index.ts'
export * from './define.ts'
export type { QueryAnswer, SecurityContext, SemanticLayer } from './semantic/index.ts'

export interface RuntimeOptions {
  /** Told when the warehouse gave up for good: the process has to start anew. */
  readonly onFatal?: (error: SqlError) => void
  /** Told what went wrong outside and is tried again. */
  readonly onTrouble?: (message: string) => void
}

export interface FollowOptions {
  /** Whether a demo goes on while nothing else is there; no by default. */
  readonly live?: boolean
}

/** A project with everything open: warehouse, semantic layer and store. */
export interface Runtime extends Services {
  /** What is live. */
  project(): Project
  /** Reads the files again and puts them live, but never when something in them is broken. */
  reload(): Promise<Project>
  /** Builds models again while the tables that they read change. */
  follow(onTrouble: (error: unknown) => void, options?: FollowOptions): Following
  close(): Promise<void>
}

const MINUTE = 60_000

/** Opens a project: the composition root of the library. */
export async function createRuntime(dir: string, options: RuntimeOptions = {}): Promise<Runtime> {
  const loader = createProjectLoader(dir)
  let live = await loader.load()
  const { config } = live
  const kafka = kafkaSettings(config.ingest.kafka)
  const { semantic, store, warehouse } = await openParts(live, options)
  const findPerson = createDirectory(config.identity?.people ?? null, config.tenancy?.key ?? null, warehouse)
  const delivery = createDelivery({
    store,
    config,
    manifest: () => live.manifest,
    readersOf: async ({ about, org, severity, to }) => {
      if (about === undefined) return []
      const isShownTo = async (person: Parameters<typeof contextOf>[0]) =>
        mayRead(await alerts.sights(await contextOf(person)), about)
      return mailReadersOf(store, findPerson, { org, severity, users: to, alert: about.alert, isShownTo })
    },
    onTrouble: (error) => options.onTrouble?.(`A message could not be sent: ${String(error)}`),
  })
  const tenants = async () => (config.tenancy === null ? [null] : tenantsOf(live.manifest, warehouse))
  const attributesOf = rememberAttributes(
    (person) => lookUpAttributes(config.identity, config.tenancy?.key ?? null, warehouse, person),
    async () => {
      const stored = live.manifest.relations.filter(({ materialized }) => materialized !== 'view')
      const relation = stored.find(({ name }) => name === config.identity?.relation)
      return relation === undefined ? null : ((await warehouse.dataVersions()).get(relation.name) ?? null)
    },
  )
  const contextOf: Services['contextOf'] = async ({ org, role, user }) => ({
    org,
    role,
    user,
    attributes: await attributesOf({ org, user }),
  })
  const browsers = createBrowserPool()
  const reports = createReports({
    store,
    config,
    semantic,
    contextOf,
    tenants,
    manifest: () => live.manifest,
    firing: (context) => firingNow(alerts, context),
    print: createPrinter({ pool: browsers, refuse: createUrlGuard(config.delivery.allowInternal) }),
    onTrouble: (error) => options.onTrouble?.(String(error)),
  })
  const alerts = createAlerts({
    store,
    semantic,
    manifest: () => live.manifest,
    dir: config.dir,
    versions: () => warehouse.dataVersions(),
    tenants,
  })
  let beside: { readonly text: string; readonly layer: SemanticLayer } | undefined
  let building: Promise<unknown> = Promise.resolve()
  let opened: Promise<Intake> | undefined

  const publish = async (project: Project) => {
    if (JSON.stringify(project.manifest) !== JSON.stringify(live.manifest)) await semantic.swap(project.manifest)
    live = project
  }
  const sound = async () => {
    const project = await loader.load()
    const errors = project.diagnostics.filter(isError)
    if (errors.length > 0) throw new UserError(errors)
    return project
  }
  /** One build or seeding at a time. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = building.then(work, work)
    building = turn.catch(() => undefined)
    return turn
  }
  let measures = NO_BUILDS
  const buildLive = async (settings: BuildOptions & { readonly memory?: BuildMemory }): Promise<BuildReport> => {
    const report = await build({ ...settings, manifest: live.manifest, warehouse, projectDir: config.dir })
    measures = withBuild(measures, report, Date.now())
    await semantic.refresh()
    return report
  }
  const retainIn: Services['retain'] = ({ dryRun }) =>
    inTurn(() => retain({ warehouse, manifest: live.manifest, limits: config.retention, dryRun }))
  const intake = () => {
    opened ??= openIntake({ warehouse, kafka, onTrouble: options.onTrouble ?? (() => undefined) }).catch(
      (error: unknown) => {
        opened = undefined
        throw error
      },
    )
    return opened
  }
  const demo = createLiveDemo({ config, warehouse, intake: async () => (await intake()).ingest })
  const usage = createUsageRecorder({
    ingest: async () => (await intake()).ingest,
    isWanted: () => live.manifest.sources.some(({ schema, name }) => `${schema}.${name}` === EVENTS),
    onTrouble: (error) => options.onTrouble?.(`Usage of the dashboard could not be noted: ${String(error)}`),
  })
  return {
    config,
    warehouse,
    semantic,
    store,
    usage,
    identity: createIdentity(store, { findPerson }),
    delivery,
    reports,
    alerts,
    project: () => live,
    manifest: () => live.manifest,
    contextOf,
    onlyTenant: () => onlyTenant(live.manifest, warehouse),
    changes: createChanges(),
    runTests: (names) => runInMemory(live, names),
    check: () => loader.load(),
    reload: async () => {
      const project = await loader.load()
      if (!project.diagnostics.some(isError)) await publish(project)
      return project
    },
    draft: async () => {
      const { manifest, diagnostics } = await loader.load()
      const errors = diagnostics.filter(isError).length
      const text = JSON.stringify(manifest)
      if (text === JSON.stringify(live.manifest)) return { layer: semantic, errors }
      if (beside?.text !== text) {
        beside = { text, layer: await createSemanticLayer({ manifest, warehouse, rollups: 'manual' }) }
      }
      return { layer: beside.layer, errors }
    },
    buildMeasures: () => measures,
    retain: retainIn,
    build: (settings) =>
      inTurn(async (): Promise<BuildReport> => {
        await publish(await sound())
        return buildLive(settings)
      }),
    seedDemo: (settings?: SeedOptions): Promise<Seeded> =>
      inTurn(() => demo.pauseFor(() => seedDemo(config, warehouse, settings))),
    intake,
    openIntake: () => opened,
    follow: (onTrouble, { live: goesOn = false } = {}) => {
      const memory = createBuildMemory()
      const build = (select: readonly string[]) => inTurn(() => buildLive({ select, memory }))
      const following = followSources({ warehouse, manifest: () => live.manifest, build, onTrouble })
      const settings = telemetrySettings(config.ingest.telemetry)
      // Sessions of before this process started end too.
      const endIdle = async () => {
        if (opened === undefined && (await warehouse.describe(EVENTS)).length === 0) return
        await endIdleSessions({ ingest: (await intake()).ingest, settings })
      }
      const retention = startRetention({ store, work: () => retainIn({ dryRun: false }), onTrouble })
      // Topics are read without being asked.
      if (kafka !== undefined) intake().catch(onTrouble)
      delivery.start()
      reports.start()
      const watching = alerts.start(onTrouble)
      if (goesOn) demo.start(onTrouble)
      const timer = setInterval(() => void endIdle().catch(onTrouble), MINUTE)
      return {
        stop: async () => {
          clearInterval(timer)
          await retention.stop()
          await demo.stop()
          await watching.stop()
          await reports.stop()
          await delivery.stop()
          return following.stop()
        },
      }
    },
    close: async () => {
      await usage.close()
      await browsers.close()
      await (await opened)?.close()
      await building
      await semantic.close()
      await warehouse.close()
      await store.close()
    },
  }
}

/** What takes long to open, side by side; where one part fails the others are closed again. */
async function openParts({ config, manifest }: Project, options: RuntimeOptions) {
  const opened = openWarehouse(config.warehouse, options)
  const [store, warehouse, semantic] = await Promise.allSettled([
    openStore(config.store),
    opened,
    opened.then((open) => createSemanticLayer({ manifest, warehouse: open })),
  ])
  if (store.status === 'fulfilled' && warehouse.status === 'fulfilled' && semantic.status === 'fulfilled') {
    return { store: store.value, warehouse: warehouse.value, semantic: semantic.value }
  }
  for (const part of [semantic, warehouse, store]) if (part.status === 'fulfilled') await part.value.close()
  throw [store, warehouse, semantic].find((part) => part.status === 'rejected')?.reason
}

/** Tests run on DuckDB in memory, wherever the warehouse of the project is. */
export function runInMemory({ config, definitions }: Project, names: readonly string[]) {
  const warehouse = { type: 'duckdb', path: ':memory:', memoryLimit: null, threads: null, connections: 2 } as const
  const { manifest } = compileProject({ ...config, warehouse }, definitions, new Date())
  return runTests(
    manifest,
    manifest.tests.filter(({ name }) => names.includes(name)),
  )
}
