import { type Diagnostic, diagnostic } from '../../diagnostics/index.ts'
import type { Document, Path } from '../../documents/index.ts'
import type { BrokenPart, DefinitionFile } from '../definition-file.ts'
import type { KindOfFile } from '../kinds.ts'
import { brokenParts, misspeltRules, partAround } from './broken-parts.ts'
import { prune } from './prune.ts'
import { rememberPlaces } from './remember-places.ts'
import { explainPlaces } from './wrong-place.ts'

/** What became of a file. */
export interface CheckedFile {
  readonly definitions: DefinitionFile | undefined
  readonly diagnostics: readonly Diagnostic[]
  readonly broken: readonly BrokenPart[]
}

/** Holds a document against the schema of its kind; what does not fit is reported and left out. */
export async function checkDocument(document: Document, kind: KindOfFile): Promise<CheckedFile> {
  const { file, content, locate, problems } = document
  if (content === null || isOnlyVersion(content))
    return { definitions: undefined, diagnostics: [empty(document, kind)], broken: [] }
  const found = await kind.check(content)
  const violations = explainPlaces(found, content, kind)
  const diagnostics = [
    ...problems.map((problem) => problem.diagnostic),
    ...violations.map(({ code, message, hint, path, of }) => diagnostic(code, message, { hint, at: locate(path, of) })),
  ]
  if (typeof content !== 'object' || Array.isArray(content)) return { definitions: undefined, diagnostics, broken: [] }
  const dropped = toDrop(
    [...problems, ...violations].map(({ path }) => path),
    kind,
  )
  const pruned = prune(content, dropped, locate)
  const definitions = {
    kind: kind.kind,
    file,
    content: pruned.content,
    locate: rememberPlaces(pruned.locate),
  } as unknown as DefinitionFile
  const parts = dropped.flatMap((path) => brokenParts(file, content, path))
  return { definitions, diagnostics, broken: [...parts, ...misspeltRules(file, found)] }
}

const isOnlyVersion = (content: unknown) =>
  typeof content === 'object' && content !== null && !Array.isArray(content) && Object.keys(content).length === 0

const empty = ({ locate }: Document, kind: KindOfFile): Diagnostic =>
  diagnostic('AM1006', `The ${kind.noun} is empty.`, {
    at: locate([]),
    hint: `Write \`version: 1\` and below it \`${kind.kind === 'metrics' ? 'semantic_models' : kind.kind}:\`, or remove the file.`,
  })

function toDrop(paths: readonly Path[], kind: KindOfFile): readonly Path[] {
  const parts = paths
    .map((path) => partAround(path, kind.parts))
    .filter((path) => path.length > 0 && path[0] !== 'version')
  return [...new Map(parts.map((path) => [JSON.stringify(path), path])).values()]
}
