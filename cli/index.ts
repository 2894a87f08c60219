import { resolve } from 'node:path'
import { Command, CommanderError } from 'commander'
import type { CommandModule } from './command.ts'
import { type Output, takeStdout } from './output.ts'
import { version } from './version.ts'

interface Entry {
  readonly name: string
  readonly summary: string
  readonly load: () => Promise<CommandModule>
}

const COMMANDS: readonly Entry[] = [
  {
    name: 'init',
    summary: 'a new project, from data files or empty',
    load: async () => (await import('./commands/init.ts')).command,
  },
  { name: 'validate', summary: 'check every file', load: async () => (await import('./commands/validate.ts')).command },
  {
    name: 'compile',
    summary: 'write the manifest and the Cube model',
    load: async () => (await import('./commands/compile.ts')).command,
  },
  {
    name: 'build',
    summary: 'run models and their data tests',
    load: async () => (await import('./commands/build.ts')).command,
  },
  {
    name: 'query',
    summary: 'answer a question in metrics and dimensions',
    load: async () => (await import('./commands/query.ts')).command,
  },
  {
    name: 'test',
    summary: 'run the unit tests of metrics and access',
    load: async () => (await import('./commands/test.ts')).command,
  },
  { name: 'serve', summary: 'start the server', load: async () => (await import('./commands/serve.ts')).command },
  {
    name: 'dev',
    summary: 'start the server, reload on save',
    load: async () => (await import('./commands/dev.ts')).command,
  },
  {
    name: 'preview',
    summary: 'serve a git revision beside the work tree',
    load: async () => (await import('./commands/preview.ts')).command,
  },
  {
    name: 'docs',
    summary: 'write a reference of all metrics, dimensions and models',
    load: async () => (await import('./commands/docs.ts')).command,
  },
  {
    name: 'keys',
    summary: 'create, list and revoke API keys',
    load: async () => (await import('./commands/keys.ts')).command,
  },
  {
    name: 'ingest',
    summary: 'take events from files, list and replay what was refused',
    load: async () => (await import('./commands/ingest.ts')).command,
  },
  {
    name: 'retention',
    summary: 'delete what is older than the project keeps',
    load: async () => (await import('./commands/retention.ts')).command,
  },
  {
    name: 'diff',
    summary: 'what changed in meaning since a git revision',
    load: async () => (await import('./commands/diff.ts')).command,
  },
  {
    name: 'rename',
    summary: 'give a metric, dimension or model another name everywhere',
    load: async () => (await import('./commands/rename.ts')).command,
  },
  {
    name: 'lsp',
    summary: 'serve an editor over stdio (Language Server Protocol)',
    load: async () => (await import('./commands/lsp.ts')).command,
  },
  {
    name: 'lineage',
    summary: 'what a metric or column is made of, and what is made of it',
    load: async () => (await import('./commands/lineage.ts')).command,
  },
  {
    name: 'mcp',
    summary: 'serve an AI assistant over stdio (Model Context Protocol)',
    load: async () => (await import('./commands/mcp.ts')).command,
  },
  {
    name: 'report',
    summary: 'list, render, send and re-send reports',
    load: async () => (await import('./commands/report.ts')).command,
  },
  {
    name: 'channels',
    summary: 'see and test where messages go, their log, and send again',
    load: async () => (await import('./commands/channels.ts')).command,
  },
  {
    name: 'alerts',
    summary: 'check, backtest, list and silence alerts; score a series',
    load: async () => (await import('./commands/alerts.ts')).command,
  },
  {
    name: 'import',
    summary: 'take over definitions of dbt, LookML or Cube',
    load: async () => (await import('./commands/import.ts')).command,
  },
  {
    name: 'export',
    summary: 'write definitions for Apache Ossie (OSI) or Cube',
    load: async () => (await import('./commands/export.ts')).command,
  },
  {
    name: 'schema',
    summary: 'JSON Schemas for editors',
    load: async () => (await import('./commands/schema.ts')).command,
  },
  {
    name: 'demo',
    summary: 'fill the warehouse with the demo data',
    load: async () => (await import('./commands/demo.ts')).command,
  },
  {
    name: 'doctor',
    summary: 'find out what is wrong',
    load: async () => (await import('./commands/doctor.ts')).command,
  },
]

const EXIT = { fine: 0, problem: 1, usage: 2, bug: 70 }

const stdout = takeStdout()
process.stdout.on('error', quitOnClosedPipe)
process.stderr.on('error', quitOnClosedPipe)
process.on('uncaughtException', (error) => void finish(reportBug(error, process.argv.includes('json'))))
await finish(await main(process.argv.slice(2)))

async function main(argv: readonly string[]): Promise<number> {
  const json = wantsJson(argv)
  const out: Output = { ...stdout, json }
  let code = EXIT.fine
  try {
    const entry = COMMANDS.find((command) => command.name === commandName(argv))
    const module = await entry?.load()
    const program = createProgram(
      entry,
      module,
      async (call) => {
        code = await call()
      },
      out,
    )
    await program.parseAsync([...argv], { from: 'user' })
    return code
  } catch (error) {
    return report(error, json)
  }
}

function createProgram(
  entry: Entry | undefined,
  module: CommandModule | undefined,
  run: (call: () => Promise<number>) => Promise<void>,
  out: Output,
): Command {
  const program = new Command('metrics')
    .description('Metrics as code: declare, check, build, query and serve them.')
    .version(version(), '-V, --version', 'print the version')
    .option('--project <dir>', 'folder of the project', '.')
    .option('--format <format>', 'pretty or json', 'pretty')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: (text) => out.print(text.trimEnd()), writeErr: (text) => out.note(text.trimEnd()) })
    .exitOverride()
  for (const { name, summary } of COMMANDS) {
    const command = program.command(name).description(summary).exitOverride()
    if (name !== entry?.name || module === undefined) continue
    module.define(command)
    command.action(() => {
      const { project, format, ...options } = command.optsWithGlobals()
      const formats = ['pretty', 'json', ...(module.formats ?? [])]
      if (!formats.includes(format)) {
        command.error(`error: option '--format <format>' is one of ${formats.join(', ')}, not '${format}'`)
      }
      return run(() => module.run({ args: command.args, options, project: resolve(project), format, out }))
    })
  }
  return program
}

/** The first word that is neither a global option nor its value. */
function commandName(argv: readonly string[]): string | undefined {
  for (let index = 0; index < argv.length; index += 1) {
    const word = argv[index] ?? ''
    if (word === '--project' || word === '--format') index += 1
    else if (word !== 'help' && !word.startsWith('-')) return word
  }
  return undefined
}

function wantsJson(argv: readonly string[]): boolean {
  return argv.some((word, index) => word === '--format=json' || (word === 'json' && argv[index - 1] === '--format'))
}

async function report(error: unknown, json: boolean): Promise<number> {
  if (error instanceof CommanderError) return reportUsage(error, json)
  const { renderDiagnostics, toJson, UserError } = await import('../runtime/diagnostics/index.ts')
  if (!(error instanceof UserError)) return reportBug(error, json)
  if (json) stdout.result(toJson(error.diagnostics))
  else stdout.note(renderDiagnostics(error.diagnostics, { color: process.stderr.isTTY === true }))
  return error.diagnostics.every(({ code }) => code === 'AM6006') ? EXIT.usage : EXIT.problem
}

function reportUsage(error: CommanderError, json: boolean): number {
  if (error.code === 'commander.helpDisplayed' || error.code === 'commander.version') return EXIT.fine
  if (error.code === 'commander.help') return error.exitCode === 0 ? EXIT.fine : EXIT.usage
  if (json) stdout.result({ ok: false, diagnostics: [problem('AM6001', error.message.replace(/^error: /, ''))] })
  return EXIT.usage
}

function reportBug(error: unknown, json: boolean): number {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  stdout.note(`${stack}\n\nThis is a bug in metrics ${version()}. Please report it with the lines above.`)
  if (json) stdout.result({ ok: false, diagnostics: [problem('AM6000', String(error))] })
  return EXIT.bug
}

function problem(code: string, message: string) {
  return { code, severity: 'error', message }
}

async function finish(code: number): Promise<never> {
  await stdout.flush()
  process.exit(code)
}

/** `metrics … | head` is not an error. */
function quitOnClosedPipe(error: NodeJS.ErrnoException) {
  if (error.code === 'EPIPE') process.exit(EXIT.fine)
  throw error
}
