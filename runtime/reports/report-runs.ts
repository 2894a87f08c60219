import { randomUUID } from 'node:crypto'
import { type Attachment, enqueue, type Message } from '../channels/index.ts'
import type { CompiledReport } from '../compiler/index.ts'
import { UserError } from '../diagnostics/index.ts'
import type { ReportRunRow } from '../store/index.ts'
import { audienceOf, receiversOf } from './audience.ts'
import type { ReportContent } from './content/content.ts'
import { renderEmail, summarize } from './output/email.ts'
import type { ReportRenderer } from './report-renderer.ts'
import type { ReportsOptions } from './reports-options.ts'
import { findRun } from './schedule/history.ts'
import { lastOccurrence, type Schedule } from './schedule/occurrences.ts'
import { claimRun, finishRun, takeOccurrence } from './schedule/runs.ts'
import { readSetting } from './schedule/settings.ts'
import { keyOfRun, messagesAgain } from './sent-again.ts'

const ATTEMPTS = 3
const RETRY = 60_000

/** Reports that are due or were asked for, made into messages of the outbox: each once, by one of the servers. */
export interface ReportRuns {
  /** Takes what is due by the schedules; each occurrence is taken once. */
  plan(): Promise<void>
  /** Makes what was taken and nobody else makes. Gives the number. */
  makeDue(): Promise<number>
}

type Options = Omit<ReportsOptions, 'now' | 'lease'> & {
  readonly renderer: ReportRenderer
  readonly find: (name: string) => CompiledReport
  readonly scheduleOf: (report: CompiledReport) => Schedule | null
  readonly now: () => Date
  readonly lease: number
}

export function createRuns(options: Options): ReportRuns {
  const { find, lease, manifest, now, scheduleOf, store } = options
  const { db } = store
  const owner = randomUUID()
  const freshMessages = async (run: ReportRunRow) => {
    const report = find(run.report)
    const setting = await readSetting(db, report.name, run.org)
    const wanted = run.by !== null || (setting.enabled ?? report.enabled ?? true)
    return wanted ? messagesOf(options, report, run) : []
  }
  const sameMessages = async (run: ReportRunRow, earlier: string) => {
    const kept = await messagesAgain(store, manifest(), await findRun(db, earlier, run.org), run)
    const messages = kept ?? (await messagesOf(options, find(run.report), run))
    return messages.map((message) => ({ ...message, at: now() }))
  }
  const make = async (run: ReportRunRow) => {
    try {
      const messages = run.again_of === null ? await freshMessages(run) : await sameMessages(run, run.again_of)
      const sentTo = receiversOf(manifest(), messages)
      await db.transaction().execute(async (trx) => {
        const written = await enqueue(trx, messages, now())
        await finishRun(trx, run.id, { messages: written, sentTo }, now())
      })
    } catch (error) {
      if (!(error instanceof UserError)) options.onTrouble?.(error)
      const reason = error instanceof UserError ? error.message : `A mistake of ours: ${String(error)}`
      const retryAt = run.attempts >= ATTEMPTS ? null : new Date(now().getTime() + RETRY * run.attempts)
      if (retryAt === null) options.onTrouble?.(new Error(`The report ${run.report} was not sent: ${reason}`))
      await finishRun(db, run.id, { error: reason, retryAt }, now())
    }
  }
  return {
    plan: async () => {
      for (const report of manifest().reports) {
        const schedule = scheduleOf(report)
        const occurrence = schedule === null || report.enabled === false ? null : lastOccurrence(schedule, now())
        if (schedule === null || occurrence === null) continue
        const due = { report: report.name, schedule: `${schedule.cron} ${schedule.timezone}`, occurrence }
        await takeOccurrence(db, due, options.tenants, now())
      }
    },
    makeDue: async () => {
      let made = 0
      for (;;) {
        const run = await claimRun(db, owner, now(), lease)
        if (run === undefined) return made
        await make(run)
        made += 1
      }
    },
  }
}

async function audienceOfRun({ manifest, store }: Options, report: CompiledReport, { org, recipients }: ReportRunRow) {
  if (recipients !== null) return audienceOf(manifest(), report, recipients).filter(({ type }) => type === 'email')
  return audienceOf(manifest(), report, (await readSetting(store.db, report.name, org)).recipients)
}

type Audience = ReturnType<typeof audienceOf>

async function messagesOf(options: Options, report: CompiledReport, run: ReportRunRow): Promise<readonly Message[]> {
  const { contextOf, renderer } = options
  const context = await contextOf({ org: run.org, role: report.role ?? 'admin', user: null })
  const audience = await audienceOfRun(options, report, run)
  if (audience.length === 0) return []
  const messages: Message[] = []
  for (const value of await renderer.subjects(report, context, run.at)) {
    const content = await renderer.collect(report, context, run.at, value)
    messages.push(...(await messagesFor(options, report, run, content, audience)))
  }
  return messages
}

async function messagesFor(
  options: Options,
  report: CompiledReport,
  run: ReportRunRow,
  content: ReportContent,
  audience: Audience,
): Promise<readonly Message[]> {
  const summary = await summarize(content, options.config.server.url)
  const mail = audience.some(({ type }) => type === 'email') ? await mailOf(options, report, content) : {}
  const links = content.page === null ? [] : [{ label: 'Open the live figures', href: pageLink(content) }]
  const key = `${keyOfRun(run)}${content.subject?.value ?? ''}`
  const { fields, text, title } = summary
  return audience.map(
    ({ channel, to, type }): Message => ({
      ...{ key, org: run.org, channel, kind: 'report', status: 'info', severity: 'info', group: key },
      ...{ title, text, fields, links, at: run.at },
      ...(to !== undefined && { to }),
      ...(type === 'email' && mail),
    }),
  )
}

/** What only mail carries: the report itself, and its files. */
async function mailOf(
  { config, renderer }: Options,
  report: CompiledReport,
  content: ReportContent,
): Promise<Pick<Message, 'attachments' | 'html'>> {
  const formats = report.format ?? ['html']
  const settings = { url: config.server.url, template: report.templateSource, pictures: 'cid' } as const
  const mail = formats.includes('html') ? await renderEmail(content, settings) : undefined
  const files: Attachment[] = []
  for (const format of formats) if (format !== 'html') files.push(await renderer.file(content, report, format))
  return { attachments: [...(mail?.attachments ?? []), ...files], ...(mail && { html: mail.html }) }
}

const pageLink = ({ page, period, subject, where }: ReportContent) => {
  const name = subject === null ? '' : (/\{([a-z0-9_.]+)\}/.exec(where?.split(' and ').at(-1) ?? '')?.[1] ?? '')
  const filter = subject === null || name === '' ? '' : `&${name}=${encodeURIComponent(subject.value)}`
  return `${page}?from=${period.from}&to=${period.to}${filter}`
}
