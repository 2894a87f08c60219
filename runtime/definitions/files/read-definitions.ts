import { join } from 'node:path'
import { type Diagnostic, diagnostic } from '../../diagnostics/index.ts'
import { type Document, decodeText, readModule, readYaml, startOf, unreadable } from '../../documents/index.ts'
import { namesInText } from '../check/broken-parts.ts'
import { type CheckedFile, checkDocument } from '../check/check-document.ts'
import type { SqlFile } from '../definition-file.ts'
import type { KindOfFile } from '../kinds.ts'
import type { ProjectFiles } from './project-files.ts'
import { readSql } from './sql-file.ts'

/** A file as it was read, and the other files that its content depends on. */
export interface ReadFile extends CheckedFile {
  readonly sqlFile: SqlFile | undefined
  readonly imports: readonly string[]
}

/** Reads and checks one file of a folder of definitions. */
export async function readDefinitions(files: ProjectFiles, file: string, kind: KindOfFile): Promise<ReadFile> {
  const text = readText(files, file)
  if (typeof text !== 'string') return nothing([text], file, undefined)
  const ending = endingOf(file)
  if (ending === 'sql') return readModel(file, text)
  const document =
    ending === 'yaml' ? readYaml(file, text) : await readModule(file, text, join(files.dir, file), kind.define)
  const imports = 'imports' in document ? (document.imports as readonly string[]) : []
  if (document.content === undefined) return { ...nothing(diagnosticsOf(document), file, text), imports }
  return { ...(await checkDocument(document, kind)), sqlFile: undefined, imports }
}

export type Ending = 'yaml' | 'module' | 'sql'

const ENDINGS: Readonly<Record<string, Ending>> = {
  yml: 'yaml',
  yaml: 'yaml',
  json: 'yaml',
  ts: 'module',
  mts: 'module',
  js: 'module',
  mjs: 'module',
  sql: 'sql',
}

/** How a file is read, by the ending of its name. */
export const endingOf = (file: string): Ending | undefined => ENDINGS[(/\.(\w+)$/.exec(file)?.[1] ?? '').toLowerCase()]

function readText(files: ProjectFiles, file: string): string | Diagnostic {
  try {
    return decodeText(file, files.read(file))
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code
    if (reason === undefined) throw error
    const hint = reason === 'EACCES' ? 'Give the user that runs this the right to read it.' : undefined
    return diagnostic('AM1010', `The file cannot be read (${reason}).`, { at: startOf(file), hint })
  }
}

async function readModel(file: string, text: string): Promise<ReadFile> {
  const { name, sqlFile, diagnostics } = await readSql(file, text)
  const broken = sqlFile === undefined ? [{ file, kind: 'models', name, owner: null }] : []
  return { definitions: undefined, sqlFile, diagnostics, broken, imports: [] }
}

const diagnosticsOf = ({ problems, file }: Document) => {
  const found = problems.map((problem) => problem.diagnostic)
  return found.length > 0 ? found : unreadable(file, []).problems.map((problem) => problem.diagnostic)
}

const nothing = (diagnostics: readonly Diagnostic[], file: string, text: string | undefined): ReadFile => ({
  definitions: undefined,
  sqlFile: undefined,
  diagnostics,
  broken: namesInText(file, text),
  imports: [],
})
