import { randomUUID } from 'node:crypto'
import type { CompiledDashboard, CompiledReport, Manifest } from '../compiler/index.ts'
import type { Role } from '../definitions/index.ts'
import { fail, suggest } from '../diagnostics/index.ts'
import type { SecurityContext } from '../semantic/index.ts'
import { writeAudit } from '../store/index.ts'
import { audienceOf } from './audience.ts'
import type { Compare, Period } from './content/period.ts'
import type { ReportFormat } from './report-formats.ts'
import { createRenderer } from './report-renderer.ts'
import { createRuns } from './report-runs.ts'
import type { RenderedFile, ReportsOptions } from './reports-options.ts'
import { findRun, type PageOfRuns, type RunEntry, type RunPage, readRunPage, readRuns } from './schedule/history.ts'
import { nextOccurrence, type Schedule } from './schedule/occurrences.ts'
import { addRuns, type NewRun } from './schedule/runs.ts'
import { type ReportSetting, readSetting, writeSetting } from './schedule/settings.ts'

export interface RenderRequest {
  readonly format: ReportFormat
  /** Who sees it: figures are those that they may see. */
  readonly context: SecurityContext
  readonly at?: Date | undefined
  /** The value of `each` that it is for. */
  readonly each?: string | undefined
}

export interface DashboardRequest {
  readonly context: SecurityContext
  readonly period?: Period | undefined
  readonly compare?: Compare | undefined
  readonly where: readonly string[]
}

export interface ReportEntry {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly dashboard: string | null
  readonly schedule: string | null
  readonly timezone: string
  readonly format: readonly ReportFormat[]
  readonly each: string | null
  readonly notify: readonly string[]
  readonly enabled: boolean
  /** Set by the tenant; null where the channels' own addresses are used. */
  readonly recipients: readonly string[] | null
  readonly next: Date | null
  readonly last: RunEntry | null
}

/** Reports of a project: rendered when asked for, sent by their schedules. */
export interface Reports {
  list(org: string | null): Promise<readonly ReportEntry[]>
  /** The role that figures of a report are computed as where nobody in particular asks. */
  roleOf(name: string): Role
  render(name: string, request: RenderRequest): Promise<RenderedFile>
  renderDashboard(name: string, request: DashboardRequest): Promise<RenderedFile>
  /** Puts a report for a tenant into the outbox now. */
  send(name: string, org: string | null, by: string, at?: Date): Promise<RunEntry>
  configure(name: string, org: string | null, change: Partial<ReportSetting>, actor: string): Promise<ReportEntry>
  /** Sends again what a run sent, for the same period: to whom it went, or to these addresses. */
  resend(id: string, org: string | null, by: string, recipients?: readonly string[]): Promise<RunEntry>
  /** The history of a report, or of all. */
  runs(name: string | undefined, org: string | null | undefined, page?: PageOfRuns): Promise<RunPage>
  /** Looks what is due, and makes it. Gives the number of runs. */
  tick(): Promise<number>
  start(): void
  stop(): Promise<void>
}

export function createReports(options: ReportsOptions): Reports {
  const { manifest, store } = options
  const { db } = store
  const { every = 15_000, lease = 300_000, now = () => new Date() } = options
  const renderer = createRenderer(options)
  const find = (name: string) => findReport(manifest(), name)
  const scheduleOf = (report: CompiledReport): Schedule | null =>
    report.schedule === undefined ? null : { cron: report.schedule, timezone: renderer.zoneOf(report) }
  const runs = createRuns({ ...options, renderer, find, scheduleOf, now, lease })
  let running = false
  let timer: NodeJS.Timeout | undefined
  let work: Promise<unknown> = Promise.resolve()
  const entryOf = async (report: CompiledReport, org: string | null): Promise<ReportEntry> => {
    const setting = await readSetting(db, report.name, org)
    const schedule = scheduleOf(report)
    const enabled = setting.enabled ?? report.enabled ?? true
    const [last] = await readRuns(db, { report: report.name, org, limit: 1 })
    return {
      name: report.name,
      title: titleOf(manifest(), report),
      description: report.description ?? '',
      dashboard: report.dashboard ?? null,
      schedule: report.schedule ?? null,
      timezone: renderer.zoneOf(report),
      format: report.format ?? ['html'],
      each: report.each ?? null,
      notify: report.notify ?? [],
      enabled,
      recipients: setting.recipients,
      next: schedule === null || !enabled ? null : nextOccurrence(schedule, now()),
      last: last ?? null,
    }
  }
  const makeNow = async (run: Omit<NewRun, 'next_at'>) => {
    const [id = ''] = await addRuns(db, [{ ...run, next_at: now() }])
    await runs.makeDue()
    return findRun(db, id, run.org)
  }
  const tick = async () => {
    await runs.plan()
    return runs.makeDue()
  }
  const loop = () => {
    work = tick()
      .catch((error: unknown) => options.onTrouble?.(error))
      .finally(() => {
        if (running) timer = setTimeout(loop, every)
      })
  }
  return {
    list: (org) => Promise.all(manifest().reports.map((report) => entryOf(report, org))),
    roleOf: (name) => find(name).role ?? 'admin',
    render: async (name, { at = now(), context, each, format }) => {
      const report = find(name)
      const [value] = each === undefined ? await renderer.subjects(report, context, at) : [each]
      return renderer.file(await renderer.collect(report, context, at, value), report, format)
    },
    renderDashboard: async (name, request) => {
      const dashboard = findDashboard(manifest(), name, request.context.role)
      return renderer.file(await renderer.collectDashboard(dashboard, { ...request, at: now() }), {}, 'pdf')
    },
    send: async (name, org, by, at = now()) => {
      const report = find(name)
      const { recipients } = await readSetting(db, name, org)
      if (audienceOf(manifest(), report, recipients).length === 0)
        fail('AM8016', `The report ${name} reaches nobody.`, {
          hint: 'Name channels under `notify`, or set recipients.',
        })
      return makeNow({ org, report: name, occurrence: `asked-${randomUUID()}`, at, by })
    },
    resend: async (id, org, by, recipients) => {
      const { at, report, state, ...earlier } = await findRun(db, id, org)
      if (state === 'pending')
        fail('AM8017', `Run ${id} of the report ${report} is still being made.`, {
          hint: 'It is sent when it is done.',
        })
      const to = recipients ?? earlier.recipients ?? undefined
      if (recipients !== undefined) audienceOf(manifest(), { name: report, notify: [] }, recipients)
      const again = { org, report, occurrence: `again-${randomUUID()}`, at, by, again_of: id }
      const detail = { run: id, period: at, ...(to && { recipients: to }) }
      await writeAudit(db, { org, actor: by, action: 'report.resent', subject: report, detail })
      return makeNow({ ...again, ...(to && { recipients: to }) })
    },
    configure: async (name, org, change, actor) => {
      const report = find(name)
      if (change.recipients !== undefined) audienceOf(manifest(), report, change.recipients)
      await writeSetting(db, name, org, change, actor)
      return entryOf(report, org)
    },
    runs: (name, org, page) =>
      readRunPage(db, { ...page, report: name === undefined ? undefined : find(name).name, org }),
    tick,
    start: () => {
      if (running) return
      running = true
      loop()
    },
    stop: async () => {
      running = false
      clearTimeout(timer)
      await work
    },
  }
}

function findReport({ reports }: Manifest, name: string): CompiledReport {
  const found = reports.find((report) => report.name === name)
  if (found !== undefined) return found
  const names = reports.map((report) => report.name)
  const hint =
    suggest(name, names) ?? (names.length === 0 ? 'The project declares none.' : `There are: ${names.join(', ')}.`)
  return fail('AM8010', `There is no report ${name}.`, { hint })
}

const titleOf = ({ dashboards }: Manifest, { dashboard, name, title }: CompiledReport) =>
  title ?? dashboards.find((page) => page.name === dashboard)?.title ?? name

function findDashboard({ dashboards }: Manifest, name: string, role: Role): CompiledDashboard {
  const visible = dashboards.filter(({ roles }) => roles === null || roles.includes(role))
  const found = visible.find((dashboard) => dashboard.name === name)
  if (found !== undefined) return found
  const hint = suggest(
    name,
    visible.map((dashboard) => dashboard.name),
  )
  return fail('AM5034', `There is no dashboard ${name}.`, { hint })
}
