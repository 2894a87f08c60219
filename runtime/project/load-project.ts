import { compile, type Manifest } from '../compiler/index.ts'
import { loadConfig, type ResolvedConfig, readConfig } from '../config/index.ts'
import { createLoader, type LoadedDefinitions, projectFiles } from '../definitions/index.ts'
import { type Diagnostic, inOrder } from '../diagnostics/index.ts'
import { countsOf } from './counts.ts'
import { withoutDemo } from './without-demo.ts'

/** The files of a project, checked and compiled. */
export interface Project {
  readonly config: ResolvedConfig
  readonly definitions: LoadedDefinitions
  /** All that is sound: broken parts and what depends on them are left out. */
  readonly manifest: Manifest
  readonly diagnostics: readonly Diagnostic[]
  readonly counts: Readonly<Record<string, number>>
}

/** Reads the project again and again; what did not change is not read twice. */
export interface ProjectLoader {
  load(): Promise<Project>
}

export function createProjectLoader(dir: string, now: () => Date = () => new Date()): ProjectLoader {
  let demo: string | null = null
  const loader = createLoader(
    dir,
    withoutDemo(projectFiles(dir), () => demo),
  )
  return {
    load: async () => {
      const config = await loadConfig(dir)
      demo = config.demo
      const definitions = await loader.load()
      return compileProject(config, definitions, now())
    },
  }
}

export function loadProject(dir: string): Promise<Project> {
  return createProjectLoader(dir).load()
}

/** Everything that is wrong with a project, its configuration included. What only running needs may be missing: secrets. */
export async function checkProject(dir: string): Promise<Project> {
  const { config, diagnostics } = await readConfig(dir, { requireEnv: false })
  const loader = createLoader(
    dir,
    withoutDemo(projectFiles(dir), () => config.demo),
  )
  const project = compileProject(config, await loader.load(), new Date())
  return { ...project, diagnostics: inOrder([...diagnostics, ...project.diagnostics]) }
}

export function compileProject(config: ResolvedConfig, definitions: LoadedDefinitions, now: Date): Project {
  const { files, sqlFiles, broken, templates = {} } = definitions
  const today = now.toISOString().slice(0, 10)
  const { manifest, diagnostics } = compile({ config, files, sqlFiles, broken, templates, today })
  const all = inOrder([...definitions.diagnostics, ...diagnostics])
  return { config, definitions, manifest, diagnostics: all, counts: countsOf(definitions, manifest) }
}
