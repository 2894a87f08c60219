import { resolve } from 'node:path'
import { initProject } from '../../runtime/init/index.ts'
import { type CommandModule, listOption, textOption } from '../command.ts'

export const command: CommandModule = {
  define: (command) =>
    void command
      .argument('[dir]', 'folder of the new project', '.')
      .option('--from <files...>', 'CSV, Parquet or JSON files to start from')
      .option('--name <name>', 'name of the project'),
  run: async ({ project, args, options, out }) => {
    const dir = resolve(project, args[0] ?? '.')
    const from = listOption(options, 'from').map((file) => resolve(file))
    const name = textOption(options, 'name')
    const created = await initProject({ dir, from, ...(name !== undefined && { name }) })
    if (out.json) out.result({ ok: true, dir, files: created.files, notes: created.notes })
    else {
      for (const file of created.files) out.print(`${out.colors.green('+')} ${file}`)
      if (created.notes.length > 0) out.note(`\n${created.notes.map((note) => `- ${note}`).join('\n')}`)
      out.note(`\nNext: metrics build --project ${args[0] ?? '.'}`)
    }
    return 0
  },
}
