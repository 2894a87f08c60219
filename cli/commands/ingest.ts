import { FILE_FORMATS, type FileFormat, type FileReport } from '../../runtime/ingest/index.ts'
import { readServerFile } from '../../runtime/local-server/index.ts'
import { loadProject } from '../../runtime/project/index.ts'
import { wrongOption } from '../caller.ts'
import { type Call, type CommandModule, listOption, textOption } from '../command.ts'
import { type IngestTarget, intoWarehouse, throughServer } from '../ingest-target.ts'
import type { Output } from '../output.ts'
import { formatRows } from '../rows.ts'

const PLACES = ['user_id', 'user_email', 'team_id', 'project_id', 'repository_id']
const ACTIONS = ['deadLetters', 'replay', 'status'] as const

export const command: CommandModule = {
  define: (command) =>
    void command
      .argument(
        '[files...]',
        'files, folders or patterns: CloudEvents as JSON or NDJSON, transcripts of Claude Code, reports of Copilot, usage of Cursor; plain or gzip',
      )
      .option('--org <org>', 'tenant of the events; without it each says so in `orgid`')
      .option('--as <format>', `${FILE_FORMATS.join(', ')}; told by the content by default`)
      .option('--place <key=value...>', `who and where, for formats that do not say: ${PLACES.join(', ')}`)
      .option('--status', 'list the sources of events and whether they still speak')
      .option('--dead-letters', 'list what was refused')
      .option('--replay', 'send again what was refused'),
  run,
}

async function run(call: Call): Promise<number> {
  const { args, options, project: dir, out } = call
  const actions = ACTIONS.filter((name) => options[name] === true)
  if (actions.length + (args.length > 0 ? 1 : 0) !== 1) {
    throw wrongOption(
      'Name files to take, or one of --status, --dead-letters and --replay.',
      'metrics ingest events.ndjson --org acme',
    )
  }
  const files = { names: args, as: formatOption(call), place: placeOption(call) }
  const target = await openTarget(dir, textOption(options, 'org'))
  try {
    if (options.status === true) return await showStatus(out, target)
    if (options.deadLetters === true) return await list(out, target)
    if (options.replay === true) return await replay(out, target)
    return await take(out, target, files)
  } finally {
    await target.close()
  }
}

async function openTarget(dir: string, named: string | undefined): Promise<IngestTarget> {
  const server = readServerFile(dir)
  if (server !== undefined) return throughServer(server, named)
  const { config } = await loadProject(dir)
  return intoWarehouse(config, named ?? (config.tenancy === null ? config.name : undefined))
}

function formatOption({ options }: Call): FileFormat | undefined {
  const text = textOption(options, 'as')
  const format = FILE_FORMATS.find((name) => name === text)
  if (text === undefined || format !== undefined) return format
  throw wrongOption(`'${text}' is no format of files.`, `Formats are ${FILE_FORMATS.join(', ')}.`)
}

function placeOption({ options }: Call): Readonly<Record<string, string>> {
  return Object.fromEntries(
    listOption(options, 'place').map((text) => {
      const [key = '', ...value] = text.split('=')
      if (PLACES.includes(key) && value.join('=') !== '') return [key, value.join('=')]
      throw wrongOption(`--place ${text} says nothing.`, `Write key=value; keys are ${PLACES.join(', ')}.`)
    }),
  )
}

type Chosen = Omit<Parameters<IngestTarget['take']>[0], 'onProgress'>

async function take(out: Output, target: IngestTarget, files: Chosen): Promise<number> {
  const reports = await target.take({
    ...files,
    onProgress: ({ file, bytesRead, totalBytes, accepted }) =>
      out.status(`${file} ${Math.round((100 * bytesRead) / Math.max(1, totalBytes))} %, ${accepted} accepted`),
  })
  out.status('')
  if (out.json) out.result({ files: reports })
  else for (const report of reports) show(out, report)
  if (!out.json && !target.builds && reports.some(({ accepted }) => accepted > 0)) out.note('Next: metrics build')
  return reports.some(({ rejected }) => rejected > 0) ? 1 : 0
}

function show(out: Output, { file, format, rejections, skipped, skippedCount, known, ...counts }: FileReport) {
  if (format === null) return out.print(`${file}: left alone, ${skipped[0]?.reason}`)
  const { accepted, duplicates, rejected } = counts
  const further = [
    ...(skippedCount > 0 ? [`${skippedCount} parts skipped`] : []),
    ...(known > 0 ? [`${known} known by telemetry`] : []),
  ]
  const sums = [`${accepted} accepted`, `${duplicates} duplicates`, `${rejected} rejected`, ...further].join(', ')
  out.print(`${file}${format === 'cloudevents' ? '' : ` (${format})`}: ${sums}`)
  const place = format === 'cloudevents' ? 'line' : 'event'
  for (const { line, code, reason } of rejections) out.note(`  ${place} ${line} ${code} ${reason}`)
  for (const { line, reason } of skipped.slice(0, 10)) out.note(`  line ${line} skipped: ${reason}`)
  if (skippedCount > 10) out.note(`  and ${skippedCount - 10} more`)
}

async function list(out: Output, target: IngestTarget): Promise<number> {
  const letters = await target.deadLetters()
  if (out.json) out.result({ dead_letters: letters })
  else if (letters.length === 0) out.print('There are no dead letters.')
  for (const { receivedAt, code, origin, reason } of out.json ? [] : letters) {
    out.print(`${receivedAt}  ${code}  ${origin}  ${reason}`)
  }
  return 0
}

async function replay(out: Output, target: IngestTarget): Promise<number> {
  const report = await target.replay()
  if (out.json) out.result(report)
  else
    out.print(
      Object.entries(report)
        .map(([what, count]) => `${count} ${what}`)
        .join(', '),
    )
  return 0
}

const STATUS_COLUMNS = ['status', 'source', 'kind', 'events', 'last event', 'received', 'rejected', 'missing']

async function showStatus(out: Output, target: IngestTarget): Promise<number> {
  const sources = await target.status()
  if (out.json) out.result({ sources })
  else if (sources.length === 0) out.print('No events came yet.')
  else {
    const rows = sources.map(({ lastEventAt, lastReceivedAt, missing, ...source }) => ({
      ...source,
      'last event': minuteOf(lastEventAt),
      received: minuteOf(lastReceivedAt),
      missing: missing.join(', '),
    }))
    out.print(formatRows('table', STATUS_COLUMNS, rows, out.colors.dim))
  }
  return 0
}

const minuteOf = (instant: string | null) => instant?.slice(0, 16).replace('T', ' ') ?? null
