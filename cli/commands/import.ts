import { join, resolve } from 'node:path'
import { IMPORTS, planImport, writeFiles } from '../../runtime/interchange/index.ts'
import { wrongOption } from '../caller.ts'
import { type CommandModule, textOption } from '../command.ts'
import { refuseLosses, showLosses } from '../show-losses.ts'

export const command: CommandModule = {
  define: (command) =>
    void command
      .argument('<paths...>', "dbt's target/manifest.json, .lkml files, YAML files of Cube, or their folder")
      .requiredOption('--from <tool>', `${IMPORTS.join(', ')}`)
      .option('--out <dir>', 'folder for the metrics, from the project', 'metrics')
      .option('--dry-run', 'show the files and write nothing')
      .option('--force', 'write over files that exist')
      .option('--strict', 'fail and write nothing where anything is lost'),
  run: async ({ project: dir, args, options, out }) => {
    const from = IMPORTS.find((name) => name === options.from)
    if (from === undefined) throw wrongOption(`--from is one of ${IMPORTS.join(', ')}, not '${options.from}'.`)
    const folder = join('.', textOption(options, 'out') ?? 'metrics').replaceAll('\\', '/')
    if (folder !== 'metrics' && !folder.startsWith('metrics/')) {
      throw wrongOption(`--out is metrics or a folder below it, not '${folder}'.`)
    }
    const paths = args.map((path) => resolve(path))
    const { counts, files, losses, notes } = await planImport({ dir, from, paths, out: folder.replace(/\/$/, '') })
    const refused = options.strict === true && losses.length > 0
    const written = options.dryRun !== true && !refused
    if (written) await writeFiles(dir, files, options.force === true)
    if (out.json) {
      const contents = written ? [...files.keys()] : Object.fromEntries(files)
      out.result({ ok: !refused, from, written, files: contents, counts, losses, notes })
    } else {
      if (options.dryRun === true)
        for (const [file, text] of files) out.print(`${out.colors.bold(`# ${file}`)}\n${text}`)
      else if (written) for (const file of files.keys()) out.print(`${out.colors.green('+')} ${file}`)
      showLosses(losses, notes, out)
      if (refused) refuseLosses(out)
      else out.note(`${counts.models} semantic models, ${counts.metrics} metrics, ${losses.length} losses.`)
    }
    return refused ? 1 : 0
  },
}
