import { randomUUID } from 'node:crypto'
import type { Attachment, Message } from '../channels/index.ts'
import { enqueue } from '../channels/index.ts'
import type { CompiledDashboard, CompiledReport, Manifest } from '../compiler/index.ts'
import type { ResolvedConfig } from '../config/index.ts'
import type { Role } from '../definitions/index.ts'
import { fail, suggest, UserError } from '../diagnostics/index.ts'
import type { SecurityContext, SemanticLayer } from '../semantic/index.ts'
import { type ReportRunRow, readAudit, type Store } from '../store/index.ts'
import { audienceOf } from './audience.ts'
import { localDay } from './content/calendar.ts'
import { type Contents, collectContent } from './content/collect-content.ts'
import type { ReportContent } from './content/content.ts'
import { type Compare, type Period, periodOf } from './content/period.ts'
import { equals } from './content/scope.ts'
import { subjectsOf } from './content/subjects.ts'
import { renderDocument } from './output/document.ts'
import { renderEmail, summarize } from './output/email.ts'
import { renderCsv, renderXlsx } from './output/tables.ts'
import type { PrintPdf } from './print/index.ts'
import { lastOccurrence, nextOccurrence, type Schedule } from './schedule/occurrences.ts'
import { addRuns, claimRun, finishRun, type RunEntry, readRuns, takeOccurrence } from './schedule/runs.ts'
import { type ReportSetting, readSetting, writeSetting } from './schedule/settings.ts'

export type ReportFormat = 'html' | 'pdf' | 'csv' | 'xlsx'

export interface ReportsOptions {
  readonly store: Store
  readonly manifest: () => Manifest
  readonly semantic: Pick<SemanticLayer, 'query'>
  readonly config: Pick<ResolvedConfig, 'server' | 'timezone'>
  readonly contextOf: (caller: { org: string | null; role: Role; user: string | null }) => Promise<SecurityContext>
  readonly tenants: () => Promise<readonly (string | null)[]>
  readonly print: PrintPdf
  readonly now?: () => Date
  readonly lease?: number
  readonly every?: number
  readonly onTrouble?: (error: unknown) => void
}

export interface RenderRequest {
  readonly format: ReportFormat
  /** Who sees it: figures are those that they may see. */
  readonly context: SecurityContext
  readonly at?: Date | undefined
  /** The value of `each` that it is for. */
  readonly each?: string | undefined
}

export interface RenderedFile {
  readonly name: string
  readonly type: string
  readonly content: Uint8Array
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
  runs(name: string, org: string | null | undefined): Promise<readonly RunEntry[]>
  /** Looks what is due, and makes it. Gives the number of runs. */
  tick(): Promise<number>
  start(): void
  stop(): Promise<void>
}

export const FORMATS: readonly ReportFormat[] = ['html', 'pdf', 'csv', 'xlsx']

/** The format of a name, or of the ending of a file. */
export function reportFormat(text: string): ReportFormat {
  const found = FORMATS.find((format) => format === text.toLowerCase())
  if (found !== undefined) return found
  return fail('AM8014', `Reports are not made as ${text || 'a file without an ending'}.`, {
    hint: `They are made as ${FORMATS.join(', ')}.`,
  })
}

const ATTEMPTS = 3
const RETRY = 60_000
const TYPES: Readonly<Record<ReportFormat, string>> = {
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

export function createReports(options: ReportsOptions): Reports {
  const { config, contextOf, manifest, print, semantic, store } = options
  const { db } = store
  const { every = 15_000, lease = 300_000, now = () => new Date() } = options
  const owner = randomUUID()
  let running = false
  let timer: NodeJS.Timeout | undefined
  let work: Promise<unknown> = Promise.resolve()

  const find = (name: string): CompiledReport => {
    const { reports } = manifest()
    const found = reports.find((report) => report.name === name)
    if (found !== undefined) return found
    const names = reports.map((report) => report.name)
    const hint =
      suggest(name, names) ?? (names.length === 0 ? 'The project declares none.' : `There are: ${names.join(', ')}.`)
    return fail('AM8010', `There is no report ${name}.`, { hint })
  }
  const zoneOf = (report: CompiledReport) => report.timezone ?? manifest().project.timezone
  const scheduleOf = (report: CompiledReport): Schedule | null =>
    report.schedule === undefined ? null : { cron: report.schedule, timezone: zoneOf(report) }
  const collecting = (context: SecurityContext, timezone: string, at: Date) => ({
    manifest: manifest(),
    semantic,
    context,
    timezone,
    at,
    auditTrail: async ({ from, to }: Period) => {
      const rows = await readAudit(db, context.org, 5_000)
      return rows
        .filter((row) => localDay(row.at, timezone) >= from && localDay(row.at, timezone) <= to)
        .map(({ action, actor, at: time, subject }) => ({ at: time, actor, action, subject: subject ?? '' }))
    },
  })
  const baseOf = (report: CompiledReport, at: Date) => {
    const dashboard = manifest().dashboards.find(({ name }) => name === report.dashboard)
    const timezone = zoneOf(report)
    const period = periodOf(
      report.range ?? dashboard?.range ?? '7d',
      localDay(at, timezone),
      manifest().project.weekStart,
    )
    const compare: Compare = report.compare ?? dashboard?.compare ?? 'previous_period'
    return { dashboard, timezone, period, compare, contents: contentsOf(report, dashboard) }
  }
  const collect = async (report: CompiledReport, context: SecurityContext, at: Date, value?: string) => {
    const { compare, contents, period, timezone } = baseOf(report, at)
    const each = report.each
    if (each === undefined || value === undefined)
      return collectContent(contents, { ...collecting(context, timezone, at), period, compare })
    const own: Contents = {
      ...contents,
      where: [...contents.where, equals(each, value)],
      subject: { label: labelOf(manifest(), each), value },
    }
    return collectContent(own, { ...collecting(context, timezone, at), period, compare })
  }
  const subjects = async (
    report: CompiledReport,
    context: SecurityContext,
    at: Date,
  ): Promise<readonly (string | undefined)[]> => {
    if (report.each === undefined) return [undefined]
    const { contents, period, timezone } = baseOf(report, at)
    return subjectsOf({
      manifest: manifest(),
      semantic,
      context,
      period,
      timezone,
      rows: contents.rows,
      each: report.each,
      where: contents.where,
    })
  }
  const fileOf = async (
    content: ReportContent,
    report: Pick<CompiledReport, 'templateSource'>,
    format: ReportFormat,
  ): Promise<RenderedFile> => {
    const settings = { url: config.server.url, template: report.templateSource }
    const name = [content.name, content.subject?.value.replace(/[^\p{L}\p{N}]+/gu, '-'), content.period.to]
      .filter(Boolean)
      .join('-')
    const bytes =
      format === 'pdf'
        ? await renderDocument(content, settings, print)
        : format === 'csv'
          ? renderCsv(content)
          : format === 'xlsx'
            ? await renderXlsx(content)
            : new TextEncoder().encode((await renderEmail(content, { ...settings, pictures: 'data' })).html)
    return { name: `${name}.${format}`, type: TYPES[format], content: bytes }
  }
  const messagesOf = async (report: CompiledReport, run: ReportRunRow): Promise<readonly Message[]> => {
    const context = await contextOf({ org: run.org, role: report.role ?? 'admin', user: null })
    const { recipients } = await readSetting(db, report.name, run.org)
    const audience = audienceOf(manifest(), report, recipients)
    if (audience.length === 0) return []
    const messages: Message[] = []
    for (const value of await subjects(report, context, run.at)) {
      const content = await collect(report, context, run.at, value)
      messages.push(...(await messagesFor(report, run, content, audience)))
    }
    return messages
  }
  const messagesFor = async (
    report: CompiledReport,
    run: ReportRunRow,
    content: ReportContent,
    audience: ReturnType<typeof audienceOf>,
  ): Promise<readonly Message[]> => {
    const summary = await summarize(content, config.server.url)
    const formats = report.format ?? ['html']
    const wantsMail = audience.some(({ type }) => type === 'email')
    const template = report.templateSource
    const mail =
      wantsMail && formats.includes('html')
        ? await renderEmail(content, { url: config.server.url, template, pictures: 'cid' })
        : undefined
    const files: Attachment[] = []
    for (const format of wantsMail ? formats.filter((one) => one !== 'html') : []) {
      files.push(await fileOf(content, report, format))
    }
    const page = content.page === null ? [] : [{ label: 'Open the live figures', href: pageLink(content) }]
    return audience.map(({ channel, to, type }): Message => {
      const key = ['report', report.name, run.occurrence, content.subject?.value ?? ''].join(':')
      return {
        key,
        org: run.org,
        channel,
        kind: 'report',
        status: 'info',
        severity: 'info',
        group: key,
        title: summary.title,
        text: summary.text,
        fields: summary.fields,
        links: page,
        at: run.at,
        ...(to !== undefined && { to }),
        ...(type === 'email' && {
          attachments: [...(mail?.attachments ?? []), ...files],
          ...(mail && { html: mail.html }),
        }),
      }
    })
  }
  const make = async (run: ReportRunRow) => {
    try {
      const report = find(run.report)
      const setting = await readSetting(db, report.name, run.org)
      const wanted = run.by !== null || (setting.enabled ?? report.enabled ?? true)
      const messages = wanted ? await messagesOf(report, run) : []
      await db.transaction().execute(async (trx) => {
        const written = await enqueue(trx, messages, now())
        await finishRun(trx, run.id, { messages: written }, now())
      })
    } catch (error) {
      if (!(error instanceof UserError)) options.onTrouble?.(error)
      const reason = error instanceof UserError ? error.message : `A mistake of ours: ${String(error)}`
      const retryAt = run.attempts >= ATTEMPTS ? null : new Date(now().getTime() + RETRY * run.attempts)
      if (retryAt === null) options.onTrouble?.(new Error(`The report ${run.report} was not sent: ${reason}`))
      await finishRun(db, run.id, { error: reason, retryAt }, now())
    }
  }
  const plan = async () => {
    for (const report of manifest().reports) {
      const schedule = scheduleOf(report)
      const occurrence = schedule === null || report.enabled === false ? null : lastOccurrence(schedule, now())
      if (schedule === null || occurrence === null) continue
      const due = { report: report.name, schedule: `${schedule.cron} ${schedule.timezone}`, occurrence }
      await takeOccurrence(db, due, options.tenants, now())
    }
  }
  const makeDue = async () => {
    let made = 0
    for (;;) {
      const run = await claimRun(db, owner, now(), lease)
      if (run === undefined) return made
      await make(run)
      made += 1
    }
  }
  const tick = async () => {
    await plan()
    return makeDue()
  }
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
      timezone: zoneOf(report),
      format: report.format ?? ['html'],
      each: report.each ?? null,
      notify: report.notify ?? [],
      enabled,
      recipients: setting.recipients,
      next: schedule === null || !enabled ? null : nextOccurrence(schedule, now()),
      last: last ?? null,
    }
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
      const values = each === undefined ? await subjects(report, context, at) : [each]
      return fileOf(await collect(report, context, at, values[0]), report, format)
    },
    renderDashboard: async (name, { compare, context, period, where }) => {
      const dashboard = dashboardOf(manifest(), name, context.role)
      const timezone = manifest().project.timezone
      const contents: Contents = { ...contentsOf({ name, include: ['definitions'] }, dashboard), where }
      const range = period ?? periodOf(dashboard.range, localDay(now(), timezone), manifest().project.weekStart)
      const settings = { ...collecting(context, timezone, now()), period: range, compare: compare ?? dashboard.compare }
      return fileOf(await collectContent(contents, settings), {}, 'pdf')
    },
    send: async (name, org, by, at = now()) => {
      const report = find(name)
      const { recipients } = await readSetting(db, name, org)
      if (audienceOf(manifest(), report, recipients).length === 0)
        fail('AM8016', `The report ${name} reaches nobody.`, {
          hint: 'Name channels under `notify`, or set recipients.',
        })
      const [id = ''] = await addRuns(db, [
        { org, report: name, occurrence: `asked-${randomUUID()}`, at, by, next_at: now() },
      ])
      await makeDue()
      const found = (await readRuns(db, { org, report: name, limit: 200 })).find((run) => run.id === id)
      if (found === undefined) throw new Error(`The run ${id} is gone.`)
      return found
    },
    configure: async (name, org, change, actor) => {
      const report = find(name)
      if (change.recipients !== undefined) audienceOf(manifest(), report, change.recipients)
      await writeSetting(db, name, org, change, actor)
      return entryOf(report, org)
    },
    runs: (name, org) => readRuns(db, { report: find(name).name, org }),
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

function contentsOf(
  report: Pick<CompiledReport, 'name' | 'title' | 'description' | 'rows' | 'where' | 'include'>,
  dashboard: CompiledDashboard | undefined,
): Contents {
  return {
    name: report.name,
    title: report.title ?? dashboard?.title ?? report.name,
    description: report.description ?? dashboard?.description ?? '',
    page: dashboard?.path ?? null,
    rows: [...(dashboard?.rows ?? []), ...(report.rows ?? [])],
    where: report.where === undefined ? [] : [report.where],
    subject: null,
    include: report.include ?? ['definitions'],
  }
}

const titleOf = ({ dashboards }: Manifest, { dashboard, name, title }: CompiledReport) =>
  title ?? dashboards.find((page) => page.name === dashboard)?.title ?? name

function dashboardOf({ dashboards }: Manifest, name: string, role: Role): CompiledDashboard {
  const visible = dashboards.filter(({ roles }) => roles === null || roles.includes(role))
  const found = visible.find((dashboard) => dashboard.name === name)
  if (found !== undefined) return found
  const hint = suggest(
    name,
    visible.map((dashboard) => dashboard.name),
  )
  return fail('AM5034', `There is no dashboard ${name}.`, { hint })
}

function labelOf({ models }: Manifest, reference: string): string {
  const [last = reference, model] = reference.split('.').reverse()
  const homes = models.filter(({ name }) => model === undefined || name === model)
  const found = homes.flatMap(({ dimensions }) => dimensions).find(({ name }) => name === last)
  return found?.label ?? last
}

const pageLink = ({ page, period, subject, where }: ReportContent) => {
  const name = subject === null ? '' : (/\{([a-z0-9_.]+)\}/.exec(where?.split(' and ').at(-1) ?? '')?.[1] ?? '')
  const filter = subject === null || name === '' ? '' : `&${name}=${encodeURIComponent(subject.value)}`
  return `${page}?from=${period.from}&to=${period.to}${filter}`
}
