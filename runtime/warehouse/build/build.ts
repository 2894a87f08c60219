import type { Manifest } from '../../compiler/index.ts'
import { fail, UserError } from '../../diagnostics/index.ts'
import type { Warehouse } from '../driver.ts'
import { SqlError } from '../sql-error.ts'
import type { BuildContext, Built } from './build-context.ts'
import type { BuildMemory } from './build-memory.ts'
import { buildModel } from './build-model.ts'
import { dropLeftovers } from './candidate.ts'
import { openLedger } from './ledger.ts'
import { oneBuildAtATime } from './lock.ts'
import { type BuildNode, buildGraph } from './plan/graph.ts'
import { schedule } from './plan/schedule.ts'
import { selectNodes } from './plan/select.ts'
import type { BuildProgress, BuildReport, BuildResult } from './report.ts'
import { buildSource } from './sources/build-source.ts'

export interface BuildOptions {
  readonly manifest: Pick<Manifest, 'relations' | 'sources'>
  readonly warehouse: Warehouse
  /** Where the paths of sources start; absolute. */
  readonly projectDir: string
  /** `name`, `+name`, `name+`, `+name+`; everything by default. */
  readonly select?: readonly string[] | undefined
  /** True where incremental models are built anew and files loaded again. */
  readonly fullRefresh?: boolean | undefined
  /** How long to wait for other sessions to let go of a relation on Postgres; 30 s by default. */
  readonly lockTimeoutMs?: number | undefined
  /** Leaves models as they are whose sources did not change since the build that was given the same memory. */
  readonly memory?: BuildMemory | undefined
  readonly onProgress?: ((progress: BuildProgress) => void) | undefined
}

/** Builds models and their sources in order; one that fails stops those that read it, and nothing else. */
export async function build(options: BuildOptions): Promise<BuildReport> {
  const graph = buildGraph(options.manifest)
  const selected = selectNodes(graph, options.select)
  try {
    return await oneBuildAtATime(options.warehouse, () => buildSelected(options, graph, selected))
  } catch (error) {
    if (!(error instanceof SqlError) || error.kind !== 'permission') throw error
    return fail('AM3012', `The user of the warehouse may not build in it: ${error.message}.`, { hint: RIGHTS })
  }
}

const RIGHTS =
  'On Postgres: GRANT CREATE ON DATABASE … TO …, and GRANT USAGE, CREATE ON SCHEMA … TO … for the schema of the models.'

async function buildSelected(
  options: BuildOptions,
  graph: BuildContext['graph'],
  selected: ReadonlySet<string>,
): Promise<BuildReport> {
  const started = performance.now()
  const run = new Run(await prepare(options, graph, selected), options.onProgress)
  const atATime = options.warehouse.dialect.name === 'duckdb' ? 2 : 4
  const within = (names: readonly string[]) => names.filter((name) => selected.has(name))
  const order = {
    waitsFor: (name: string) => within(graph.upstream(name)),
    ratherAfter: (name: string) => within(graph.testsAfter(name)),
  }
  await schedule(selected, order, (name) => run.step(name), atATime)
  return reportOf(run.results, performance.now() - started)
}

type Progressing = Omit<BuildContext, 'pending' | 'built'> & {
  readonly pending: Set<string>
  readonly built: Set<string>
}

async function prepare(
  { manifest, warehouse, projectDir, fullRefresh = false, lockTimeoutMs = 30_000, memory }: BuildOptions,
  graph: BuildContext['graph'],
  selected: ReadonlySet<string>,
): Promise<Progressing> {
  await dropLeftovers(warehouse)
  const ledger = await openLedger(warehouse)
  const { rows } = await warehouse.query('SELECT current_schema()')
  const tables = await warehouse.tables()
  return {
    warehouse,
    graph,
    projectDir,
    fullRefresh,
    lockTimeoutMs,
    schema: String(rows[0]?.[0]),
    ledger,
    existing: new Map(tables.map(({ schema, name, type }) => [`${schema}.${name}`, type])),
    sources: new Map(manifest.sources.map(({ group, name, schema }) => [`${group}.${name}`, `${schema}.${name}`])),
    pending: new Set(selected),
    built: new Set(),
    memory,
  }
}

class Run {
  readonly results: BuildResult[] = []
  readonly #context: Progressing
  readonly #failed = new Set<string>()
  readonly #total: number
  readonly #onProgress: ((progress: BuildProgress) => void) | undefined

  constructor(context: Progressing, onProgress: ((progress: BuildProgress) => void) | undefined) {
    this.#context = context
    this.#total = context.pending.size
    this.#onProgress = onProgress
  }

  async step(name: string): Promise<void> {
    const { graph, pending, built } = this.#context
    const node = graph.nodes.get(name)
    if (!node) return
    const cause = graph.upstream(name).find((upstream) => this.#failed.has(upstream))
    const result = cause === undefined ? await this.#build(node) : skipped(node, cause)
    pending.delete(name)
    if (result.status === 'built') built.add(name)
    else this.#failed.add(name)
    this.results.push(result)
    this.#onProgress?.({ type: 'end', result, done: this.results.length, total: this.#total })
  }

  async #build(node: BuildNode): Promise<BuildResult> {
    this.#onProgress?.({ type: 'start', name: node.name, done: this.results.length, total: this.#total })
    const started = performance.now()
    try {
      const built = await buildNode(this.#context, node)
      return { ...outlineOf(node), ...built, status: 'built', ms: performance.now() - started }
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      const [first] = error.diagnostics
      return {
        ...outlineOf(node),
        status: 'failed',
        ms: performance.now() - started,
        error: first?.message ?? error.message,
        diagnostics: error.diagnostics,
      }
    }
  }
}

const buildNode = (context: BuildContext, node: BuildNode): Promise<Built> =>
  node.kind === 'model' ? buildModel(context, node.relation) : buildSource(context, node)

function outlineOf(node: BuildNode) {
  const materialized = node.kind === 'model' ? node.relation.materialized : ('table' as const)
  const { name, kind } = node
  return { name, kind, materialized, rows: null, tests: 0, error: null, diagnostics: [], notes: [] }
}

const skipped = (node: BuildNode, cause: string): BuildResult => ({
  ...outlineOf(node),
  status: 'skipped',
  ms: 0,
  error: `\`${cause}\`, which it reads, was not built.`,
})

const reportOf = (results: readonly BuildResult[], ms: number): BuildReport => ({
  ok: results.every(({ status }) => status === 'built'),
  ms,
  results,
  diagnostics: results.flatMap(({ diagnostics }) => diagnostics),
})
