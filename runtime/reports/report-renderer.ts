import type { CompiledDashboard, CompiledReport, Manifest } from '../compiler/index.ts'
import type { SecurityContext } from '../semantic/index.ts'
import { readAudit } from '../store/index.ts'
import { localDay } from './content/calendar.ts'
import { type Contents, collectContent } from './content/collect-content.ts'
import type { ReportContent } from './content/content.ts'
import { type Compare, type Period, periodOf } from './content/period.ts'
import { equals } from './content/scope.ts'
import { subjectsOf } from './content/subjects.ts'
import { renderDocument } from './output/document.ts'
import { renderEmail } from './output/email.ts'
import { renderCsv, renderXlsx } from './output/tables.ts'
import { type ReportFormat, TYPES } from './report-formats.ts'
import type { RenderedFile, ReportsOptions } from './reports-options.ts'

/** What a report says, and the files that it is made into. */
export interface ReportRenderer {
  zoneOf(report: CompiledReport): string
  /** The values of `each` that have something to tell, or one report for all. */
  subjects(report: CompiledReport, context: SecurityContext, at: Date): Promise<readonly (string | undefined)[]>
  collect(report: CompiledReport, context: SecurityContext, at: Date, value?: string): Promise<ReportContent>
  collectDashboard(dashboard: CompiledDashboard, request: DashboardScope): Promise<ReportContent>
  file(
    content: ReportContent,
    report: Pick<CompiledReport, 'templateSource'>,
    format: ReportFormat,
  ): Promise<RenderedFile>
}

interface DashboardScope {
  readonly context: SecurityContext
  readonly period?: Period | undefined
  readonly compare?: Compare | undefined
  readonly where: readonly string[]
  readonly at: Date
}

type Options = Pick<ReportsOptions, 'config' | 'firing' | 'manifest' | 'print' | 'semantic' | 'store'>

export function createRenderer({ config, firing, manifest, print, semantic, store }: Options): ReportRenderer {
  const zoneOf = (report: CompiledReport) => report.timezone ?? manifest().project.timezone
  const collecting = (context: SecurityContext, timezone: string, at: Date) => ({
    ...{ manifest: manifest(), semantic, context, timezone, at },
    firing: async () => (await firing?.(context)) ?? [],
    auditTrail: async ({ from, to }: Period) => {
      const rows = await readAudit(store.db, context.org, 5_000)
      return rows
        .filter((row) => localDay(row.at, timezone) >= from && localDay(row.at, timezone) <= to)
        .map(({ action, actor, at: time, subject }) => ({ at: time, actor, action, subject: subject ?? '' }))
    },
  })
  const scopeOf = (report: CompiledReport, at: Date) => {
    const dashboard = manifest().dashboards.find(({ name }) => name === report.dashboard)
    const timezone = zoneOf(report)
    const range = report.range ?? dashboard?.range ?? '7d'
    const period = periodOf(range, localDay(at, timezone), manifest().project.weekStart)
    const compare: Compare = report.compare ?? dashboard?.compare ?? 'previous_period'
    return { timezone, period, compare, contents: contentsOf(report, dashboard) }
  }
  return {
    zoneOf,
    subjects: async (report, context, at) => {
      const { each } = report
      if (each === undefined) return [undefined]
      const { contents, period, timezone } = scopeOf(report, at)
      const { rows, where } = contents
      return subjectsOf({ manifest: manifest(), semantic, context, period, timezone, rows, each, where })
    },
    collect: async (report, context, at, value) => {
      const { compare, contents, period, timezone } = scopeOf(report, at)
      const { each } = report
      const own: Contents =
        each === undefined || value === undefined
          ? contents
          : {
              ...contents,
              where: [...contents.where, equals(each, value)],
              subject: { label: labelOf(manifest(), each), value },
            }
      return collectContent(own, { ...collecting(context, timezone, at), period, compare })
    },
    collectDashboard: async (dashboard, { at, compare, context, period, where }) => {
      const { timezone, weekStart } = manifest().project
      const contents: Contents = { ...contentsOf({ name: dashboard.name, include: ['definitions'] }, dashboard), where }
      const range = period ?? periodOf(dashboard.range, localDay(at, timezone), weekStart)
      const settings = { ...collecting(context, timezone, at), period: range, compare: compare ?? dashboard.compare }
      return collectContent(contents, settings)
    },
    file: async (content, { templateSource }, format) => {
      const settings = { url: config.server.url, template: templateSource }
      const bytesOf: Readonly<Record<ReportFormat, () => Promise<Uint8Array> | Uint8Array>> = {
        pdf: () => renderDocument(content, settings, print),
        csv: () => renderCsv(content),
        xlsx: () => renderXlsx(content),
        html: async () =>
          new TextEncoder().encode((await renderEmail(content, { ...settings, pictures: 'data' })).html),
      }
      return { name: `${fileName(content)}.${format}`, type: TYPES[format], content: await bytesOf[format]() }
    },
  }
}

const fileName = ({ name, period, subject }: ReportContent) =>
  [name, subject?.value.replace(/[^\p{L}\p{N}]+/gu, '-'), period.to].filter(Boolean).join('-')

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

function labelOf({ models }: Manifest, reference: string): string {
  const [last = reference, model] = reference.split('.').reverse()
  const homes = models.filter(({ name }) => model === undefined || name === model)
  const found = homes.flatMap(({ dimensions }) => dimensions).find(({ name }) => name === last)
  return found?.label ?? last
}
