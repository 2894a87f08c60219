import type { PreAggregation, SemanticModel } from '../../compiler/index.ts'
import type { Warehouse } from '../../warehouse/index.ts'
import type { Served } from '../answers/answer.ts'
import { createDependencies, versionKey } from '../answers/dependencies.ts'
import type { CubeCompiler, LoadSql } from '../cube/compiler.ts'
import type { CubeRequest } from '../cube/cube-request.ts'
import type { ModelIndex } from '../cube-model/model-index.ts'
import { cubeName } from '../cube-model/names.ts'
import { storedLeaves } from '../cube-model/rollups.ts'
import { whyNot } from './explain.ts'
import { openRollupStore, type RollupStore, rollupId, type StoredRollup } from './rollup-store.ts'

export interface RollupReport {
  readonly rollup: string
  readonly status: 'built' | 'fresh' | 'failed'
  readonly reason: string | null
}

export interface Rollups {
  /** What could answer instead of the relations: stored aggregates that fit and are as new as the data. */
  candidates(view: string, request: CubeRequest): Promise<Candidates>
  /** Builds what is missing or older than its data. */
  refresh(): Promise<readonly RollupReport[]>
  /** Drops what no definition asks for any more. */
  tidy(): Promise<void>
}

export interface Candidates {
  /** Table by name, such as `orders.daily`. */
  readonly tables: ReadonlyMap<string, string>
  readonly skipped: Served['skipped']
}

const NONE: Candidates = { tables: new Map(), skipped: [] }

const SEVERAL = 'the metric reads several models or times'

interface Loaded {
  readonly id: string
  readonly load: LoadSql
  readonly placeholder: string
  readonly relations: readonly string[]
}

/** The stored aggregates of one compiled model. `onStale` is told of one that would have served. */
export function createRollups(
  index: ModelIndex,
  compiler: CubeCompiler,
  warehouse: Warehouse,
  onStale: () => void,
): Rollups {
  const declared = index.manifest.models.flatMap((model) => model.preAggregations.map((rollup) => ({ model, rollup })))
  const dependencies = createDependencies(index.manifest)
  const loads = new Map<string, Promise<Loaded>>()
  let opened: Promise<RollupStore> | undefined
  const store = () => {
    opened ??= openRollupStore(warehouse)
    return opened
  }
  const load = (model: SemanticModel, rollup: PreAggregation) => {
    const name = `${model.name}.${rollup.name}`
    const loading = loads.get(name) ?? loadOf(index, compiler, dependencies, model, rollup)
    loads.set(name, loading)
    return loading
  }

  const usable = async (model: SemanticModel, rollup: PreAggregation) => {
    try {
      return await current(await load(model, rollup), await store(), warehouse)
    } catch (error) {
      return `it cannot be built: ${messageOf(error)}`
    }
  }

  return {
    candidates: async (view, request) => {
      const here = declared.filter(({ model }) => isOf(index, view, model.name))
      if (here.length === 0) return NONE
      const tables = new Map<string, string>()
      const skipped: { rollup: string; reason: string }[] = []
      for (const { model, rollup } of here) {
        const name = `${model.name}.${rollup.name}`
        const misfit = view === model.name ? whyNot(index, model, rollup, request) : SEVERAL
        const found = misfit ?? (await usable(model, rollup))
        if (typeof found !== 'string') tables.set(name, found.table)
        else skipped.push({ rollup: name, reason: found })
        if (misfit === null && typeof found === 'string') onStale()
      }
      return { tables, skipped }
    },
    refresh: async () => {
      const reports: RollupReport[] = []
      for (const { model, rollup } of declared) {
        reports.push(await refreshOne({ model, rollup, store: await store(), warehouse, load }))
      }
      return reports
    },
    tidy: async () => {
      const loaded = await Promise.all(declared.map(({ model, rollup }) => load(model, rollup).catch(() => null)))
      if (!loaded.includes(null)) await (await store()).keepOnly(new Set(loaded.flatMap((known) => known?.id ?? [])))
    },
  }
}

function isOf(index: ModelIndex, view: string, model: string): boolean {
  const stack = index.stack(view)
  return stack === undefined ? view === model : stack.branches.some((branch) => branch.model === model)
}

/** The stored aggregate as it should be used, or why it cannot be now. */
async function current(loaded: Loaded, store: RollupStore, warehouse: Warehouse): Promise<StoredRollup | string> {
  const versions = versionKey(loaded.relations, await warehouse.dataVersions())
  if (versions === null) return 'its relation changes outside the project, so nobody knows when it is stale'
  const stored = store.find(loaded.id)
  if (stored === undefined) return 'it has not been built yet'
  return stored.versions === versions ? stored : 'it is older than the data and being built anew'
}

interface Refresh {
  readonly model: SemanticModel
  readonly rollup: PreAggregation
  readonly store: RollupStore
  readonly warehouse: Warehouse
  readonly load: (model: SemanticModel, rollup: PreAggregation) => Promise<Loaded>
}

async function refreshOne({ model, rollup, store, warehouse, load }: Refresh): Promise<RollupReport> {
  const name = `${model.name}.${rollup.name}`
  const report = (status: RollupReport['status'], reason: string | null = null) => ({ rollup: name, status, reason })
  try {
    const loaded = await load(model, rollup)
    if (typeof (await current(loaded, store, warehouse)) !== 'string') return report('fresh')
    const versions = versionKey(loaded.relations, await warehouse.dataVersions())
    if (versions === null) return report('failed', 'its relation has no data version')
    const orderBy = rollup.grain === null || model.timeDimension === null ? null : timePosition(loaded.load.sql)
    await store.build({ ...loaded, name, orderBy, versions })
    return report('built')
  } catch (error) {
    return report('failed', messageOf(error))
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Cube groups by dimensions, then time: the last of the numbers in its GROUP BY. */
function timePosition(sql: string): number | null {
  const last = /GROUP BY ((?:\d+, )*)(\d+)\s*$/.exec(sql.trim())?.[2]
  return last === undefined ? null : Number(last)
}

/** Asks Cube for the SQL that fills a stored aggregate, by way of a query that it fits. */
async function loadOf(
  index: ModelIndex,
  compiler: CubeCompiler,
  dependencies: (relation: string) => readonly string[],
  model: SemanticModel,
  rollup: PreAggregation,
): Promise<Loaded> {
  const cube = cubeName(model.name)
  const plain = new Set(
    index
      .leavesOf(model.name)
      .filter((leaf) => leaf.window === null)
      .map((leaf) => leaf.key),
  )
  const measures = storedLeaves(index, model, rollup).filter((name) =>
    plain.has(name.replace(/^m__/, '').replace(/__(sum|n)$/, '')),
  )
  if (measures.length === 0) throw new Error(`${model.name}.${rollup.name} has no metric that can be added up`)
  const request: CubeRequest = {
    measures: measures.map((name) => `${cube}.${name}`),
    dimensions: [],
    timeDimensions: [],
    filters: [],
    order: [],
    limit: null,
    rowLimit: null,
    timezone: index.manifest.project.timezone,
  }
  const compiled = await compiler.sql(request, { preAggregationId: `${cube}.${rollup.name}` })
  const load = compiled.rollup?.load ?? null
  if (compiled.rollup === null || load === null) throw new Error(`Cube does not match ${model.name}.${rollup.name}`)
  const joined = rollup.dimensions.map((ref) => ref.model)
  const models = [
    ...new Set([model.name, ...joined.flatMap((name) => index.path(model.name, name).map((step) => step.to.name))]),
  ]
  return {
    id: rollupId(`${model.name}.${rollup.name}`, load),
    load,
    placeholder: compiled.rollup.table,
    relations: [...new Set(models.flatMap((name) => dependencies(index.model(name).relation)))].sort(),
  }
}
