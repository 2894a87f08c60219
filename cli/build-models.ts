import type { Manifest } from '../runtime/compiler/index.ts'
import { isError, UserError } from '../runtime/diagnostics/index.ts'
import { callServer, readServerFile, type ServerFile } from '../runtime/local-server/index.ts'
import { loadProject } from '../runtime/project/index.ts'
import type { BuildProgress, BuildReport, BuildResult, Warehouse } from '../runtime/warehouse/index.ts'
import type { Call } from './command.ts'
import type { Output } from './output.ts'
import { showProblems } from './show-problems.ts'

export interface BuildSettings {
  readonly select?: readonly string[]
  readonly fullRefresh?: boolean
}

/** Builds in this process, or through the running server, with progress on stderr. `more` joins the JSON document. */
export async function runBuild(call: Call, settings: BuildSettings, more: object = {}): Promise<number> {
  const { project: dir, out } = call
  const progress = createProgress(out)
  const server = readServerFile(dir)
  const report =
    server === undefined ? await buildHere(dir, settings, progress) : await buildThere(server, settings, progress)
  out.status('')
  if (out.json) out.result({ ...report, ...more })
  else {
    if (report.diagnostics.length > 0) out.note(showProblems(report.diagnostics, dir, out.interactive))
    out.print(summary(report, out))
  }
  return report.ok ? 0 : 1
}

async function buildHere(
  dir: string,
  settings: BuildSettings,
  onProgress: (progress: BuildProgress) => void,
): Promise<BuildReport> {
  const { config, manifest, diagnostics } = await loadProject(dir)
  const errors = diagnostics.filter(isError)
  if (errors.length > 0) throw new UserError(errors)
  const { build, openWarehouse } = await import('../runtime/warehouse/index.ts')
  const warehouse = await openWarehouse(config.warehouse)
  try {
    const report = await build({ ...settings, manifest, warehouse, projectDir: config.dir, onProgress })
    await refreshRollups(manifest, warehouse)
    return report
  } finally {
    await warehouse.close()
  }
}

/** Stored aggregates follow their data. */
async function refreshRollups(manifest: Manifest, warehouse: Warehouse) {
  if (manifest.models.every(({ preAggregations }) => preAggregations.length === 0)) return
  const { createSemanticLayer } = await import('../runtime/semantic/index.ts')
  const layer = await createSemanticLayer({ manifest, warehouse, rollups: 'manual' })
  await layer.refresh()
  await layer.close()
}

async function buildThere(
  server: ServerFile,
  { select, fullRefresh }: BuildSettings,
  onProgress: (progress: BuildProgress) => void,
): Promise<BuildReport> {
  const body = { ...(select && { select }), ...(fullRefresh && { full_refresh: true }) }
  const onLine = (line: unknown) => onProgress((line as { progress: BuildProgress }).progress)
  const last = await callServer(server, '/api/v1/build', { body, onLine })
  const { report, problem } = last as { report?: BuildReport; problem?: { diagnostics: UserError['diagnostics'] } }
  if (report !== undefined) return report
  throw new UserError(problem?.diagnostics ?? [])
}

/** A line for each finished model; on a terminal also what is being built now. */
function createProgress(out: Output): (progress: BuildProgress) => void {
  const running = new Set<string>()
  const redraw = (done: number, total: number) => {
    const names = [...running].join(', ')
    out.status(`[${done}/${total}] ${names.length > out.width - 12 ? `${names.slice(0, out.width - 16)} …` : names}`)
  }
  return (progress) => {
    if (progress.type === 'start') running.add(progress.name)
    else {
      running.delete(progress.result.name)
      out.status('')
      out.note(`[${progress.done}/${progress.total}] ${line(progress.result)}`)
    }
    redraw(progress.done, progress.total)
  }
}

function line({ name, materialized, status, ms, rows, tests, error, notes }: BuildResult): string {
  const mark = { built: '✓', failed: '✗', skipped: '○' }[status]
  const parts = [
    rows === null ? '' : `${rows.toLocaleString('en-US')} rows`,
    tests > 0 ? `${tests} tests` : '',
    status === 'skipped' ? '' : `${(ms / 1000).toFixed(2)} s`,
    ...notes,
  ]
  const detail = error ?? parts.filter((part) => part !== '').join(', ')
  return `${mark} ${name} (${materialized})${detail === '' ? '' : ` ${detail}`}`
}

function summary({ results, ms }: BuildReport, { colors }: Output): string {
  const count = (status: BuildResult['status']) => results.filter((result) => result.status === status).length
  const [built, failed, skipped] = [count('built'), count('failed'), count('skipped')]
  const parts = [
    colors.green(`${built} built`),
    failed > 0 ? colors.red(`${failed} failed`) : '',
    skipped > 0 ? colors.yellow(`${skipped} skipped`) : '',
  ]
  return `${parts.filter((part) => part !== '').join(', ')} in ${(ms / 1000).toFixed(1)} s`
}
