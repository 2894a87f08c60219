import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { configSchema } from '../../runtime/config/index.ts'
import { jsonSchemas } from '../../runtime/definitions/index.ts'
import { isError, toJson } from '../../runtime/diagnostics/index.ts'
import { checkProject } from '../../runtime/project/index.ts'
import { generateCubeFiles } from '../../runtime/semantic/index.ts'
import { type CommandModule, textOption } from '../command.ts'
import { showProblems } from '../show-problems.ts'

export const command: CommandModule = {
  define: (command) => void command.option('--out <dir>', 'folder to write to, from the project', '.metrics'),
  run: async ({ project: dir, options, out }) => {
    const { manifest, diagnostics, counts } = await checkProject(dir)
    const failed = diagnostics.some(isError)
    if (diagnostics.length > 0 && !out.json) out.note(showProblems(diagnostics, dir, out.interactive))
    const target = resolve(dir, textOption(options, 'out') ?? '.metrics')
    const files = failed
      ? []
      : await writeAll(target, { ...cubeFiles(manifest), ...schemaFiles(), ...manifestFile(manifest) })
    if (out.json) out.result({ ...toJson(diagnostics, counts), out: target, files })
    else if (!failed) out.print(`${out.colors.green('✓')} ${files.length} files in ${target}`)
    return failed ? 1 : 0
  },
}

type Files = Readonly<Record<string, string>>

function manifestFile(manifest: unknown): Files {
  return { 'manifest.json': `${JSON.stringify(manifest, null, 2)}\n` }
}

function cubeFiles(manifest: Parameters<typeof generateCubeFiles>[0]): Files {
  return Object.fromEntries(generateCubeFiles(manifest).map(({ fileName, content }) => [`cube/${fileName}`, content]))
}

function schemaFiles(): Files {
  return Object.fromEntries(
    Object.entries({ ...jsonSchemas(), ...configSchema() }).map(([name, schema]) => [
      `schemas/${name}`,
      `${JSON.stringify(schema, null, 2)}\n`,
    ]),
  )
}

async function writeAll(dir: string, files: Files): Promise<readonly string[]> {
  const names = Object.keys(files).sort()
  for (const name of names) {
    await mkdir(dirname(join(dir, name)), { recursive: true })
    await writeFile(join(dir, name), files[name] ?? '')
  }
  return names
}
