import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { compileProject, createProjectLoader, loadProject } from '../../runtime/project/index.ts'
import { createSemanticLayer, type SecurityContext } from '../../runtime/semantic/index.ts'
import { openWarehouse } from '../../runtime/warehouse/index.ts'
import { generateProject, type ProjectSize } from './generated-project.ts'
import { median, percentile, timed } from './timing.ts'

const SIZE: ProjectSize = { models: 200, metrics: 400, dashboards: 50 }
const RUNS = 7
const ADMIN: SecurityContext = { org: 'x', role: 'admin', user: null, attributes: {} }

/** Checking a project of 200 semantic models, 400 metrics and 50 dashboards, in process and as a command. */
export async function benchDefinitions() {
  const project = generateProject(SIZE)
  try {
    const first = await timed(() => loadProject(project.dir))
    const { counts, diagnostics } = first.value
    const validates: number[] = []
    for (let run = 0; run < RUNS; run += 1) validates.push((await timed(() => loadProject(project.dir))).ms)
    const command = Array.from({ length: RUNS }, () => commandMs(project.dir))
    return {
      project: { ...SIZE, files: counts.files, diagnostics: diagnostics.length },
      validateFirstMs: first.ms,
      validateMs: median(validates),
      validateCommandMs: median(command.slice(1)),
      revalidateAfterOneEditMs: median(await revalidate(project)),
      ...(await compiling(project)),
      compileTimesOfFourTimesTheSize: await growth(),
    }
  } finally {
    project.remove()
  }
}

/** How many times as long the compiler takes for four times as much: 4 is in step with the size, 16 with its square. */
async function growth(): Promise<number> {
  const [small, large] = [await compileMs(SIZE), await compileMs(times(SIZE, 4))]
  return Math.round((large / small) * 10) / 10
}

async function compileMs(size: ProjectSize): Promise<number> {
  const project = generateProject(size)
  try {
    const { config, definitions } = await loadProject(project.dir)
    const runs: number[] = []
    for (let run = 0; run < RUNS; run += 1) {
      runs.push((await timed(async () => compileProject(config, definitions, new Date()))).ms)
    }
    return median(runs)
  } finally {
    project.remove()
  }
}

const times = ({ models, metrics, dashboards }: ProjectSize, by: number): ProjectSize => ({
  models: models * by,
  metrics: metrics * by,
  dashboards: dashboards * by,
})

function commandMs(dir: string): number {
  const start = performance.now()
  const launcher = join(import.meta.dirname, '../../cli/metrics.js')
  const { status } = spawnSync(process.execPath, [launcher, 'validate', '--project', dir, '--format', 'json'])
  if (status !== 0) throw new Error(`metrics validate ended with ${status}`)
  return performance.now() - start
}

type Generated = ReturnType<typeof generateProject>

async function revalidate(project: Generated): Promise<readonly number[]> {
  const loader = createProjectLoader(project.dir)
  await loader.load()
  const times: number[] = []
  for (let run = 0; run < RUNS; run += 1) {
    project.write('metrics/model_7.yml', project.modelFile(7).replace('Count 7', `Count ${run}`))
    times.push((await timed(() => loader.load())).ms)
  }
  return times
}

/** From the manifest to the SQL of each metric, by day and a dimension; and the whole of the compiler alone. */
async function compiling(project: Generated) {
  const { config, definitions, manifest } = await loadProject(project.dir)
  const wholes: number[] = []
  for (let run = 0; run < RUNS; run += 1) {
    wholes.push((await timed(async () => compileProject(config, definitions, new Date()))).ms)
  }
  const warehouse = await openWarehouse({ type: 'duckdb', path: ':memory:' })
  const opened = await timed(() => createSemanticLayer({ manifest, warehouse, rollups: 'manual' }))
  const times: number[] = []
  for (const { name, models } of manifest.metrics) {
    const query = {
      metrics: [name],
      grain: 'day',
      by: [`${models[0]}.status`],
      from: '2026-01-01',
      to: '2026-01-31',
    } as const
    times.push((await timed(() => opened.value.sql({ ...query, metrics: [name], by: [...query.by] }, ADMIN))).ms)
  }
  await opened.value.close()
  await warehouse.close()
  return {
    compileMs: median(wholes),
    openSemanticLayerMs: opened.ms,
    compileMetricToSqlMs: { median: median(times), p95: percentile(times, 0.95) },
  }
}
