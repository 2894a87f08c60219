import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { type Diagnostic, diagnostic, isError, UserError } from '../diagnostics/index.ts'
import { type Document, decodeText, readModule, readYaml, startOf, unreadable } from '../documents/index.ts'
import { checkConfig } from './check-config.ts'
import { resolveConfig } from './resolve-config.ts'
import type { ResolvedConfig } from './resolved-config.ts'

export const CONFIG_FILES = ['ts', 'mts', 'js', 'mjs', 'json', 'yml', 'yaml'].map(
  (ending) => `metrics.config.${ending}`,
)

export interface ConfigOptions {
  readonly env?: Readonly<Record<string, string | undefined>>
  /** False where nothing is going to be reached: a variable that is not set is then no error. */
  readonly requireEnv?: boolean
}

/** The configuration of the project in a folder. Throws a UserError with everything that is wrong in it. */
export async function loadConfig(dir: string, options: ConfigOptions = {}): Promise<ResolvedConfig> {
  const { config, diagnostics } = await readConfig(dir, options)
  if (diagnostics.some(isError)) throw new UserError(diagnostics)
  return config
}

/** The configuration with defaults for what is wrong in it, and what that is. Throws only where there is no project. */
export async function readConfig(
  dir: string,
  options: ConfigOptions = {},
): Promise<{ readonly config: ResolvedConfig; readonly diagnostics: readonly Diagnostic[] }> {
  const folder = resolve(dir)
  const found = CONFIG_FILES.filter((name) => existsSync(join(folder, name)))
  const [file] = found
  if (file === undefined) throw new UserError(noProject(dir, folder))
  const document = await readDocument(folder, file)
  const { content, diagnostics } = await checkConfig(document)
  const resolved = resolveConfig({ content, folder, document, options })
  return { config: resolved.config, diagnostics: [...several(found), ...diagnostics, ...resolved.diagnostics] }
}

async function readDocument(folder: string, file: string): Promise<Document> {
  const text = decodeText(file, readFileSync(join(folder, file)))
  if (typeof text !== 'string') return unreadable(file, [text])
  if (/\.(json|ya?ml)$/.test(file)) return readYaml(file, text)
  return readModule(file, text, join(folder, file), 'defineConfig')
}

function noProject(dir: string, folder: string): Diagnostic {
  const above = parents(folder).find((parent) => CONFIG_FILES.some((name) => existsSync(join(parent, name))))
  const hint =
    above === undefined
      ? 'Go to the folder of a project, name it with `--project DIR`, or make one with `metrics init`.'
      : `There is a project in ${above}: go there or add \`--project ${above}\`.`
  const message = existsSync(folder)
    ? `${dir} is not a project: it has no metrics.config.ts.`
    : `There is no folder ${dir}.`
  return diagnostic('AM2001', message, { hint })
}

const parents = (folder: string): readonly string[] =>
  dirname(folder) === folder ? [] : [dirname(folder), ...parents(dirname(folder))]

function several(found: readonly string[]): readonly Diagnostic[] {
  const [first, ...others] = found
  return others.map((file) =>
    diagnostic('AM2008', `The project has several configuration files; ${first} is read, ${file} is not.`, {
      at: startOf(file),
      hint: `Keep one of them: remove ${file} or ${first}.`,
    }),
  )
}
