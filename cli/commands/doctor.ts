import { createServer } from 'node:net'
import { isError, UserError } from '../../runtime/diagnostics/index.ts'
import { callServer, readServerFile } from '../../runtime/local-server/index.ts'
import { loadProject, type Project } from '../../runtime/project/index.ts'
import type { Warehouse } from '../../runtime/warehouse/index.ts'
import type { CommandModule } from '../command.ts'
import type { Output } from '../output.ts'

interface Finding {
  readonly check: string
  readonly ok: boolean
  /** Worth knowing, but nothing that stops anything. */
  readonly warning?: boolean
  readonly detail: string
  /** The way out. */
  readonly hint?: string
}

const OLDEST_NODE = [20, 19] as const
const STALE_DAYS = 2

export const command: CommandModule = {
  define: () => undefined,
  run: async ({ project: dir, out }) => {
    const findings: Finding[] = []
    for await (const finding of examine(dir)) {
      findings.push(finding)
      if (out.json) continue
      out.print(`${markOf(finding, out)} ${out.colors.bold(finding.check)}  ${finding.detail}`)
      if (finding.hint !== undefined) out.print(`    ${out.colors.green('→')} ${finding.hint}`)
    }
    const ok = findings.every((finding) => finding.ok)
    if (out.json) out.result({ ok, findings })
    return ok ? 0 : 1
  },
}

function markOf({ ok, warning }: Finding, { colors }: Output): string {
  if (warning === true) return colors.yellow('!')
  return ok ? colors.green('✓') : colors.red('✗')
}

async function* examine(dir: string): AsyncGenerator<Finding> {
  yield node()
  yield await native('DuckDB', () => import('@duckdb/node-api'))
  yield await native('TypeScript parser', () => import('oxc-parser'))
  const project = await loadProject(dir).catch(problemOf)
  if ('problem' in project) {
    yield { check: 'Configuration', ok: false, detail: project.problem, ...(project.hint && { hint: project.hint }) }
    return
  }
  yield { check: 'Configuration', ok: true, detail: `${project.config.name} in ${project.config.file}` }
  yield definitions(project)
  const server = readServerFile(dir)
  if (server !== undefined) {
    const answer = await callServer(server, '/ready', { method: 'GET' }).catch(problemOf)
    yield typeof answer === 'object' && answer !== null && 'problem' in answer
      ? { check: 'Server', ok: false, detail: String(answer.problem), hint: `Restart it: kill ${server.pid}` }
      : { check: 'Server', ok: true, detail: `process ${server.pid} at ${server.url}; it holds the warehouse` }
    return
  }
  yield await port(project)
  yield* warehouse(project)
}

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const ok = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])
  const hint = `Install Node ${OLDEST_NODE.join('.')} or newer.`
  return { check: 'Node.js', ok, detail: process.version, ...(!ok && { hint }) }
}

async function native(name: string, load: () => Promise<unknown>): Promise<Finding> {
  try {
    await load()
    return { check: name, ok: true, detail: `loads on ${process.platform}-${process.arch}` }
  } catch (error) {
    const hint = 'Install the packages on this machine: npm ci'
    return {
      check: name,
      ok: false,
      detail: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error),
      hint,
    }
  }
}

function definitions({ diagnostics, counts }: Project): Finding {
  const errors = diagnostics.filter(isError).length
  const detail = `${counts.metrics} metrics, ${counts.dashboards} dashboards, ${counts.models} models`
  if (errors === 0) return { check: 'Definitions', ok: true, detail }
  return { check: 'Definitions', ok: false, detail: `${errors} errors`, hint: 'They are listed by: metrics validate' }
}

async function port({ config }: Project): Promise<Finding> {
  const { port: wanted, host } = config.server
  const free = await new Promise<boolean>((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(wanted, host, () => probe.close(() => resolve(true)))
  })
  if (free) return { check: 'Port', ok: true, detail: `${wanted} is free` }
  return {
    check: 'Port',
    ok: false,
    detail: `${wanted} is in use`,
    hint: 'Take another one: metrics serve --port 4001',
  }
}

async function* warehouse(project: Project): AsyncGenerator<Finding> {
  const { openWarehouse } = await import('../../runtime/warehouse/index.ts')
  const { config } = project
  const where = config.warehouse.type === 'duckdb' ? config.warehouse.path : 'PostgreSQL'
  const opened = await openWarehouse(config.warehouse).catch(problemOf)
  if ('problem' in opened) {
    yield { check: 'Warehouse', ok: false, detail: opened.problem, ...(opened.hint && { hint: opened.hint }) }
    return
  }
  try {
    yield { check: 'Warehouse', ok: true, detail: `${opened.dialect.name} at ${where}` }
    yield* relations(project, opened)
  } finally {
    await opened.close()
  }
}

async function* relations({ manifest, config }: Project, open: Warehouse): AsyncGenerator<Finding> {
  const wanted = [...new Set(manifest.models.map(({ relation }) => relation))]
  const found = await Promise.all(wanted.map(async (relation) => (await open.describe(relation)).length > 0))
  const missing = wanted.filter((_, index) => found[index] !== true)
  if (missing.length > 0) {
    const detail = `${missing.length} of ${wanted.length} relations are missing: ${missing.slice(0, 5).join(', ')}`
    yield { check: 'Data', ok: false, detail, hint: 'Build them: metrics build (or, for demo data: metrics demo)' }
    return
  }
  yield { check: 'Data', ok: true, detail: `all ${wanted.length} relations are there` }
  const newest = await newestTime(manifest, open)
  if (newest === null) return
  const days = (Date.now() - newest.getTime()) / 86_400_000
  const detail = `the newest row is of ${newest.toISOString().slice(0, 16).replace('T', ' ')} UTC`
  if (days <= STALE_DAYS) return yield { check: 'Freshness', ok: true, detail }
  const hint =
    config.demo === null ? 'Load new data and run: metrics build' : 'Make the demo anew: metrics demo --reset'
  yield { check: 'Freshness', ok: true, warning: true, detail, hint }
}

async function newestTime({ models }: Project['manifest'], open: Warehouse): Promise<Date | null> {
  const times: number[] = []
  for (const model of models) {
    const time = model.dimensions.find(({ name }) => name === model.timeDimension)
    const [part] = time?.sql ?? []
    if (part === undefined || !('text' in part) || time?.sql.length !== 1) continue
    const { relationSql } = await import('../../runtime/warehouse/index.ts')
    const { rows } = await open.query(`SELECT max(${part.text}) FROM ${relationSql(open.dialect, model.relation)}`)
    const millis = Date.parse(String(rows[0]?.[0] ?? ''))
    if (!Number.isNaN(millis)) times.push(millis)
  }
  return times.length === 0 ? null : new Date(Math.max(...times))
}

function problemOf(error: unknown): { readonly problem: string; readonly hint?: string } {
  if (!(error instanceof UserError)) throw error
  const [first] = error.diagnostics
  return { problem: first?.message ?? error.message, ...(first?.hint !== undefined && { hint: first.hint }) }
}
