import { type Diagnostic, inOrder } from '../diagnostics/index.ts'
import type { LoadedDefinitions } from './definition-file.ts'
import { duplicateModels } from './files/duplicate-models.ts'
import { type ProjectFiles, projectFiles } from './files/project-files.ts'
import { endingOf, type ReadFile, readDefinitions } from './files/read-definitions.ts'
import { strayFolders, unusedFile } from './files/unused-files.ts'
import { KINDS, type KindOfFile } from './kinds.ts'

/** Reads definitions again and again, and of those only what changed. */
export interface DefinitionsLoader {
  load(): Promise<LoadedDefinitions>
}

/** Reads and checks all files of definitions of a project once. */
export const loadDefinitions = (dir: string, files: ProjectFiles = projectFiles(dir)): Promise<LoadedDefinitions> =>
  createLoader(dir, files).load()

export function createLoader(dir: string, files: ProjectFiles = projectFiles(dir)): DefinitionsLoader {
  let cache: ReadonlyMap<string, Cached> = new Map()
  return {
    load: async () => {
      const listed = Object.values(KINDS).flatMap((kind) => files.list(kind.kind).map((file) => ({ kind, file })))
      const unused = listed.flatMap(({ file, kind }) => unusedFile(file, kind))
      const used = listed.filter(({ file, kind }) => isUsed(file, kind))
      const read = await Promise.all(used.map(({ file, kind }) => readCached(files, file, kind, cache.get(file))))
      cache = new Map(used.map(({ file }, index) => [file, read[index] as Cached]))
      const combined = combine(
        read.map(({ content }) => content),
        [...unused, ...strayFolders(files)],
      )
      return { ...combined, templates: readTemplates(files) }
    },
  }
}

/** Templates of reports stand beside the files that name them. */
function readTemplates(files: ProjectFiles): Readonly<Record<string, string>> {
  const found = files.list(KINDS.alerts.kind).filter((file) => file.endsWith('.hbs'))
  return Object.fromEntries(found.map((file) => [file, new TextDecoder().decode(files.read(file))]))
}

interface Cached {
  readonly version: string | undefined
  /** Versions of the modules it imports. */
  readonly imported: string
  readonly content: ReadFile
}

async function readCached(
  files: ProjectFiles,
  file: string,
  kind: KindOfFile,
  cached: Cached | undefined,
): Promise<Cached> {
  const version = files.version(file)
  if (cached && cached.version === version && cached.imported === versionsOf(files, cached.content.imports))
    return cached
  const content = await readDefinitions(files, file, kind)
  return { version, imported: versionsOf(files, content.imports), content }
}

const versionsOf = (files: ProjectFiles, imports: readonly string[]) =>
  imports.map((file) => files.version(file)).join()

/** Modules with a leading underscore are there for others to import. */
export function isUsed(file: string, kind: KindOfFile): boolean {
  const ending = endingOf(file)
  const name = file.slice(file.lastIndexOf('/') + 1)
  if (ending === 'module') return !name.startsWith('_') && !/\.(d|test|spec)\.[cm]?[jt]s$/.test(name)
  return ending === 'sql' ? kind.kind === 'models' : ending === 'yaml' && !/\.json$/i.test(name)
}

function combine(read: readonly ReadFile[], others: readonly Diagnostic[]): LoadedDefinitions {
  const { sqlFiles, diagnostics } = duplicateModels(read.flatMap(({ sqlFile }) => (sqlFile ? [sqlFile] : [])))
  return {
    files: read.flatMap(({ definitions }) => (definitions ? [definitions] : [])),
    sqlFiles,
    diagnostics: inOrder([...read.flatMap((file) => file.diagnostics), ...diagnostics, ...others]),
    broken: read.flatMap(({ broken }) => broken),
  }
}
