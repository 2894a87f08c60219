import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { configSchema } from '../../runtime/config/index.ts'
import { jsonSchemas } from '../../runtime/definitions/index.ts'
import { type CommandModule, textOption } from '../command.ts'

export const command: CommandModule = {
  define: (command) => void command.option('--out <dir>', 'folder to write a file for each to, from the project'),
  run: async ({ project, options, out }) => {
    const schemas = { ...jsonSchemas(), ...configSchema() }
    const dir = textOption(options, 'out')
    if (dir === undefined) {
      if (out.json) out.result(schemas)
      else out.print(JSON.stringify(schemas, null, 2))
      return 0
    }
    const target = resolve(project, dir)
    await mkdir(target, { recursive: true })
    for (const [name, schema] of Object.entries(schemas)) {
      await writeFile(join(target, name), `${JSON.stringify(schema, null, 2)}\n`)
    }
    if (out.json) out.result({ out: target, files: Object.keys(schemas) })
    else out.print(`${out.colors.green('✓')} ${Object.keys(schemas).length} JSON Schemas in ${target}`)
    return 0
  },
}
