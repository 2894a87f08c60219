import { relative, resolve } from 'node:path'
import { isError } from '../../runtime/diagnostics/index.ts'
import { EXPORTS, planExport, writeFiles } from '../../runtime/interchange/index.ts'
import { checkProject } from '../../runtime/project/index.ts'
import { wrongOption } from '../caller.ts'
import { type CommandModule, textOption } from '../command.ts'
import { refuseLosses, showLosses } from '../show-losses.ts'
import { showProblems } from '../show-problems.ts'

export const command: CommandModule = {
  define: (command) =>
    void command
      .requiredOption('--to <format>', `${EXPORTS.join(', ')}`)
      .requiredOption('--out <dir>', 'folder to write to')
      .option('--dry-run', 'show the files and write nothing')
      .option('--force', 'write over files that exist')
      .option('--strict', 'fail and write nothing where anything is lost'),
  run: async ({ project: dir, options, out }) => {
    const to = EXPORTS.find((name) => name === options.to)
    if (to === undefined) throw wrongOption(`--to is one of ${EXPORTS.join(', ')}, not '${options.to}'.`)
    const { diagnostics, manifest } = await checkProject(dir)
    const errors = diagnostics.filter(isError)
    if (errors.length > 0) {
      out.note(showProblems(errors, dir, out.interactive))
      if (out.json) out.result({ ok: false, diagnostics: errors })
      return 1
    }
    const { files, losses } = planExport(manifest, to)
    const refused = options.strict === true && losses.length > 0
    const written = options.dryRun !== true && !refused
    const target = resolve(textOption(options, 'out') ?? '.')
    if (written) await writeFiles(target, files, options.force === true)
    if (out.json) {
      const contents = written ? [...files.keys()] : Object.fromEntries(files)
      out.result({ ok: !refused, to, out: target, written, files: contents, losses })
    } else {
      if (options.dryRun === true)
        for (const [file, text] of files) out.print(`${out.colors.bold(`# ${file}`)}\n${text}`)
      else if (written)
        for (const file of files.keys()) out.print(`${out.colors.green('+')} ${relative('.', resolve(target, file))}`)
      showLosses(losses, [], out)
      if (refused) refuseLosses(out)
      else out.note(`${files.size} files, ${losses.length} losses.`)
    }
    return refused ? 1 : 0
  },
}
