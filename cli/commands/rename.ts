import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTwoFilesPatch } from 'diff'
import { type FileChange, planRename } from '../../runtime/rename/index.ts'
import { wrongOption } from '../caller.ts'
import type { CommandModule } from '../command.ts'

const KINDS = ['metric', 'dimension', 'model'] as const

export const command: CommandModule = {
  define: (command) =>
    void command
      .argument('<kind>', 'metric, dimension or model')
      .argument('<old>', 'its name; model.name where several models have such a dimension')
      .argument('<new>', 'its new name')
      .option('--dry-run', 'show the patch and write nothing'),
  run: async ({ project: dir, args, options, out }) => {
    const [named = '', from = '', to = ''] = args
    const kind = KINDS.find((name) => name === named)
    if (kind === undefined) throw wrongOption(`'${named}' cannot be renamed.`, `Name one of ${KINDS.join(', ')}.`)
    const changes = await planRename(dir, kind, from, to)
    const written = options.dryRun !== true
    if (written) for (const { file, after } of changes) await writeFile(join(dir, file), after)
    const patch = changes.map(patchOf).join('')
    if (out.json) out.result({ ok: true, written, files: changes.map(({ file }) => file), patch })
    else {
      out.print(patch.trimEnd())
      out.note(`${changes.length} ${changes.length === 1 ? 'file' : 'files'} ${written ? 'changed' : 'would change'}.`)
    }
    return 0
  },
}

const patchOf = ({ file, before, after }: FileChange) =>
  createTwoFilesPatch(`a/${file}`, `b/${file}`, before, after, undefined, undefined, { context: 1 }).replace(
    /^=+\n/,
    '',
  )
