import { writeFileSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import { Argument, type Command } from 'commander'
import { callServer, downloadFrom, readServerFile, type ServerFile } from '../../runtime/local-server/index.ts'
import { type ReportEntry, reportFormat } from '../../runtime/reports/index.ts'
import { wrongOption } from '../caller.ts'
import { type Call, type CommandModule, type Options, textOption } from '../command.ts'
import { textTable } from '../text-table.ts'

interface Asked {
  readonly org: string | undefined
  readonly at: Date | undefined
  readonly each: string | undefined
}

/** Reports in this process, or through the running server that holds the warehouse. */
interface ReportCalls {
  list(org: string | undefined): Promise<readonly ReportEntry[]>
  render(name: string, format: string, asked: Asked): Promise<Uint8Array>
  send(name: string, asked: Asked): Promise<{ readonly messages: number | null; readonly error: string | null }>
  close(): Promise<void>
}

export const command: CommandModule = {
  define,
  run: async (call) => {
    const [action, name] = call.args
    const asked = readAsked(call.options)
    const output = action === 'render' ? readOutput(call.options) : undefined
    const reports = await openReports(call)
    try {
      if (output !== undefined) return await render(call, reports, named(name), output, asked)
      if (action === 'send') return await send(call, reports, named(name), asked)
      return await list(call, reports, asked.org)
    } finally {
      await reports.close()
    }
  },
}

function define(command: Command) {
  command
    .addArgument(new Argument('<action>', 'what to do').choices(['list', 'render', 'send']))
    .argument('[name]', 'the report')
    .option('--org <org>', 'tenant; the only one by default')
    .option('--out <file>', 'file to write: its ending is the format (.pdf, .html, .csv, .xlsx)')
    .option('--at <date>', 'the day or instant it is made for; now by default')
    .option('--each <value>', 'the copy for this value, of a report with `each`; the first by default')
}

function readAsked(options: Options): Asked {
  const text = textOption(options, 'at')
  const at = text === undefined ? undefined : new Date(text)
  if (at !== undefined && Number.isNaN(at.getTime()))
    throw wrongOption(`--at is a day or an instant such as 2030-01-31, not '${text}'.`)
  return { at, org: textOption(options, 'org'), each: textOption(options, 'each') }
}

function readOutput(options: Options) {
  const file = textOption(options, 'out')
  if (file === undefined) throw wrongOption('Where to?', 'For example: --out report.pdf')
  return { file: resolve(file), format: reportFormat(extname(file).slice(1)) }
}

function named(name: string | undefined): string {
  if (name !== undefined) return name
  throw wrongOption('Which report?', 'metrics report list shows them.')
}

async function openReports({ out, project }: Call): Promise<ReportCalls> {
  const server = readServerFile(project)
  if (server !== undefined) return remoteReports(server)
  const { createRuntime } = await import('../../runtime/index.ts')
  const runtime = await createRuntime(project, { onTrouble: out.note })
  const orgOf = async (org: string | undefined) => org ?? (await runtime.onlyTenant())
  return {
    list: async (org) => runtime.reports.list(org ?? (await runtime.onlyTenant().catch(() => null))),
    render: async (name, format, { at, each, org }) => {
      const role = runtime.reports.roleOf(name)
      const context = await runtime.contextOf({ org: await orgOf(org), role, user: null })
      return (await runtime.reports.render(name, { context, format: reportFormat(format), at, each })).content
    },
    send: async (name, { at, org }) => {
      const run = await runtime.reports.send(name, await orgOf(org), 'cli', at)
      await runtime.delivery.drain()
      return run
    },
    close: () => runtime.close(),
  }
}

function remoteReports(server: ServerFile): ReportCalls {
  const search = ({ at, each, org }: Asked, more: Readonly<Record<string, string>> = {}) =>
    new URLSearchParams({ ...more, ...(org && { org }), ...(each && { each }), ...(at && { at: at.toISOString() }) })
  const path = (name: string) => `/api/v1/reports/${encodeURIComponent(name)}`
  return {
    list: async (org) => {
      const query = org === undefined ? '' : `?${new URLSearchParams({ org })}`
      const answer = await callServer(server, `/api/v1/reports${query}`, { method: 'GET' })
      return (answer as { reports: ReportEntry[] }).reports
    },
    render: (name, format, asked) => downloadFrom(server, `${path(name)}/render?${search(asked, { format })}`),
    send: async (name, asked) => {
      const answer = await callServer(server, `${path(name)}/send?${search(asked)}`)
      return answer as { messages: number | null; error: string | null }
    },
    close: async () => undefined,
  }
}

async function render(
  { out }: Call,
  reports: ReportCalls,
  name: string,
  { file, format }: ReturnType<typeof readOutput>,
  asked: Asked,
): Promise<number> {
  const started = performance.now()
  const content = await reports.render(name, format, asked)
  writeFileSync(file, content)
  const ms = Math.round(performance.now() - started)
  if (out.json) out.result({ file, format, bytes: content.length, ms })
  else out.print(`${file} (${Math.ceil(content.length / 1024)} KiB) in ${(ms / 1000).toFixed(1)} s`)
  return 0
}

async function send({ out }: Call, reports: ReportCalls, name: string, asked: Asked): Promise<number> {
  const run = await reports.send(name, asked)
  if (out.json) out.result(run)
  else if (run.error !== null) out.note(run.error)
  else out.print(`${name}: ${run.messages} messages are on their way. See: metrics channels log`)
  return run.error === null ? 0 : 1
}

async function list({ out }: Call, reports: ReportCalls, org: string | undefined): Promise<number> {
  const entries = await reports.list(org)
  if (out.json) out.result({ reports: entries })
  else if (entries.length === 0) out.print('The project declares no reports.')
  else {
    const titles = ['name', 'title', 'schedule', 'formats', 'to', 'next', 'last']
    const rows = entries.map((entry) => [
      entry.name,
      entry.title,
      entry.schedule === null ? '—' : `${entry.schedule} ${entry.timezone}`,
      entry.format.join(','),
      (entry.recipients ?? entry.notify).join(','),
      entry.enabled ? timeOf(entry.next) : 'off',
      entry.last === null ? '—' : `${timeOf(entry.last.created_at)} ${entry.last.state}`,
    ])
    out.print(
      textTable(
        titles.map((title) => ({ title })),
        rows,
        out.colors.bold,
      ),
    )
  }
  return 0
}

const timeOf = (date: Date | string | null) =>
  date === null ? '—' : new Date(date).toISOString().slice(0, 16).replace('T', ' ')
