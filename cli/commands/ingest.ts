import { resolve } from 'node:path'
import { fail } from '../../runtime/diagnostics/index.ts'
import type { FileReport, Ingest } from '../../runtime/ingest/index.ts'
import { readServerFile } from '../../runtime/local-server/index.ts'
import { loadProject } from '../../runtime/project/index.ts'
import type { Warehouse } from '../../runtime/warehouse/index.ts'
import { wrongOption } from '../caller.ts'
import { type Call, type CommandModule, textOption } from '../command.ts'

export const command: CommandModule = {
  define: (command) =>
    void command
      .argument('[files...]', 'CloudEvents as JSON or NDJSON, plain or gzip')
      .option('--org <org>', 'tenant of the events; without it each says so in `orgid`')
      .option('--dead-letters', 'list what was refused')
      .option('--replay', 'send again what was refused'),
  run,
}

async function run(call: Call): Promise<number> {
  const { args, options, project: dir } = call
  const chosen = [args.length > 0, options.deadLetters === true, options.replay === true].filter(Boolean)
  if (chosen.length !== 1) {
    throw wrongOption(
      'Name files to take, or one of --dead-letters and --replay.',
      'metrics ingest events.ndjson --org acme',
    )
  }
  refuseWhileServed(dir)
  const { config } = await loadProject(dir)
  const { openWarehouse } = await import('../../runtime/warehouse/index.ts')
  const warehouse = await openWarehouse(config.warehouse)
  const org = textOption(options, 'org') ?? (config.tenancy === null ? config.name : undefined)
  try {
    if (options.deadLetters === true) return await list(call, warehouse, org)
    const { createIngest } = await import('../../runtime/ingest/index.ts')
    const ingest = await createIngest({ warehouse })
    const code = options.replay === true ? await replay(call, ingest, org) : await take(call, ingest, org)
    await ingest.close()
    return code
  } finally {
    await warehouse.close()
  }
}

function refuseWhileServed(dir: string) {
  const server = readServerFile(dir)
  if (server === undefined) return
  fail('AM5005', `The project is served at ${server.url} by process ${server.pid}, which holds the warehouse.`, {
    hint: `Send the events there: curl -H 'Authorization: Bearer am_…' --data-binary @FILE ${server.url}/v1/events`,
  })
}

async function take({ args, out }: Call, ingest: Ingest, org: string | undefined): Promise<number> {
  const { ingestFile } = await import('../../runtime/ingest/index.ts')
  const reports: FileReport[] = []
  for (const file of args) {
    const report = await ingestFile(ingest, resolve(file), {
      org,
      onProgress: ({ bytesRead, totalBytes, accepted }) =>
        out.status(`${file} ${Math.round((100 * bytesRead) / Math.max(1, totalBytes))} %, ${accepted} accepted`),
    })
    out.status('')
    reports.push(report)
    if (out.json) continue
    const { accepted, duplicates, rejected } = report
    out.print(`${file}: ${accepted} accepted, ${duplicates} duplicates, ${rejected} rejected`)
    for (const { line, code, reason } of report.rejections) out.note(`  line ${line} ${code} ${reason}`)
  }
  if (out.json) out.result({ files: reports })
  else if (reports.some(({ accepted }) => accepted > 0)) out.note('Next: metrics build')
  return reports.some(({ rejected }) => rejected > 0) ? 1 : 0
}

async function list({ out }: Call, warehouse: Warehouse, org: string | undefined): Promise<number> {
  const { ensureRawTables, listDeadLetters } = await import('../../runtime/ingest/index.ts')
  await ensureRawTables(warehouse)
  const letters = await listDeadLetters(warehouse, { org }, { limit: 1000 })
  if (out.json) out.result({ dead_letters: letters })
  else if (letters.length === 0) out.print('There are no dead letters.')
  for (const { receivedAt, code, origin, reason } of out.json ? [] : letters) {
    out.print(`${receivedAt}  ${code}  ${origin}  ${reason}`)
  }
  return 0
}

async function replay({ out }: Call, ingest: Ingest, org: string | undefined): Promise<number> {
  const { replayDeadLetters } = await import('../../runtime/ingest/index.ts')
  const report = await replayDeadLetters(ingest, { org })
  if (out.json) out.result(report)
  else
    out.print(
      Object.entries(report)
        .map(([what, count]) => `${count} ${what}`)
        .join(', '),
    )
  return 0
}
