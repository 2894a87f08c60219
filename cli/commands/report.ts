import { writeFileSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import { Argument, type Command } from 'commander'
import { type PageOfRuns, parsePageOfRuns, reportFormat } from '../../runtime/reports/index.ts'
import { wrongOption } from '../caller.ts'
import { type Call, type CommandModule, listOption, type Options, textOption } from '../command.ts'
import { textTable } from '../text-table.ts'
import { history, timeOf } from './report/history.ts'
import { type Asked, openReports, type ReportCalls } from './report/report-calls.ts'

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
      if (action === 'history') return await history(call, reports, name, asked.org, pageOf(call.options))
      if (action === 'resend') return await resend(call, reports, name, asked.org)
      return await list(call, reports, asked.org)
    } finally {
      await reports.close()
    }
  },
}

function define(command: Command) {
  command
    .addArgument(new Argument('<action>', 'what to do').choices(['list', 'render', 'send', 'history', 'resend']))
    .argument('[name]', 'the report; for resend the id of a run, as history lists it')
    .option('--org <org>', 'tenant; the only one by default')
    .option('--to <addresses>', 'resend to these e-mail addresses, by commas; to whom it went by default')
    .option('--limit <count>', 'runs that history lists; 50 by default')
    .option('--before <run>', 'history of what is older than this run')
    .option('--out <file>', 'file to write: its ending is the format (.pdf, .html, .csv, .xlsx)')
    .option('--at <date>', 'the day or instant it is made for; now by default')
    .option('--each <value>', 'the copy for this value, of a report with `each`; the first by default')
}

const pageOf = (options: Options): PageOfRuns =>
  parsePageOfRuns({ before: textOption(options, 'before'), limit: textOption(options, 'limit') })

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
  else {
    const messages = run.messages === 1 ? '1 message is on its' : `${run.messages} messages are on their`
    out.print(`${name}: ${messages} way. See: metrics channels log`)
  }
  return run.error === null ? 0 : 1
}

async function resend({ options, out }: Call, reports: ReportCalls, id: string | undefined, org: string | undefined) {
  if (id === undefined) throw wrongOption('Which run?', 'metrics report history lists them with their ids.')
  const to = listOption(options, 'to')
  const wrong = to.find((address) => !/^[^\s@<>]+@[^\s@<>]+$/.test(address))
  if (wrong !== undefined) throw wrongOption(`'${wrong}' is no e-mail address.`)
  const run = await reports.resend(id, org, to)
  if (out.json) out.result(run)
  else if (run.error !== null) out.note(run.error)
  else out.print(`${run.report} for ${timeOf(run.at)} is on its way again to ${(run.sent_to ?? []).join(', ')}.`)
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
