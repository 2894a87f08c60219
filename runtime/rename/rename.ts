import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createMeaning, type Manifest } from '../compiler/index.ts'
import { diagnostic, fail, isError, oneOf, suggest, UserError } from '../diagnostics/index.ts'
import { diffManifests } from '../diff/index.ts'
import { checkEdited, checkProject, type Project } from '../project/index.ts'
import { applyEdits, type Edit, uniqueEdits } from './edit.ts'
import { editFile } from './edit-file.ts'
import { findReferences } from './find-references.ts'
import type { Target } from './target.ts'

export interface FileChange {
  /** From the project folder. */
  readonly file: string
  readonly before: string
  readonly after: string
  readonly edits: readonly Edit[]
}

/**
 * What files look like with a new name everywhere it is used. The result is compiled and compared with the project as it
 * is: a rename that would change anything but the name is refused.
 */
export async function planRename(
  dir: string,
  kind: Target['kind'],
  from: string,
  to: string,
): Promise<readonly FileChange[]> {
  const project = await checkProject(dir)
  const errors = project.diagnostics.filter(isError)
  if (errors.length > 0)
    throw new UserError([diagnostic('AM6120', 'The project has errors, so not all that names it is known.'), ...errors])
  const target = findTarget(project.manifest, kind, from)
  checkNewName(project.manifest, target, to)
  const changes = await editAll(dir, project, target, to)
  await checkMeaning(dir, project.manifest, changes)
  return changes
}

function findTarget(manifest: Manifest, kind: Target['kind'], name: string): Target {
  const unknown = (names: readonly string[]) =>
    fail('AM6121', `There is no ${kind} \`${name}\`.`, { hint: suggest(name, names) })
  if (kind === 'metric') {
    const names = manifest.metrics.map((metric) => metric.name)
    return names.includes(name) ? { kind, name } : unknown(names)
  }
  const names = manifest.models.map((model) => model.name)
  if (kind === 'model') return names.includes(name) ? { kind, name } : unknown(names)
  const all = manifest.models.flatMap((model) =>
    model.dimensions.map((dimension) => ({ model: model.name, name: dimension.name })),
  )
  const found = all.filter((item) => item.name === name || `${item.model}.${item.name}` === name)
  const [only, ...more] = found
  if (only === undefined) return unknown(all.map((item) => item.name))
  if (more.length === 0) return { kind, ...only }
  return fail('AM6121', `Several semantic models have a dimension \`${name}\`.`, {
    hint: `Name one of them: ${oneOf(found.map((item) => `${item.model}.${item.name}`))}`,
  })
}

function checkNewName(manifest: Manifest, target: Target, to: string): void {
  if (!/^[a-z][a-z0-9_]*$/.test(to) || to.length > 63) {
    fail('AM6123', `\`${to}\` is not a name.`, {
      hint: 'Names are snake_case: a small letter, then small letters, digits and underscores.',
    })
  }
  const taken =
    target.kind === 'metric'
      ? manifest.metrics.map(({ name }) => name)
      : target.kind === 'model'
        ? manifest.models.map(({ name }) => name)
        : (manifest.models.find(({ name }) => name === target.model)?.dimensions ?? []).map(({ name }) => name)
  if (taken.includes(to))
    fail('AM6123', `There is a ${target.kind} \`${to}\` already.`, { hint: 'Choose another name.' })
}

async function editAll(
  dir: string,
  { definitions, manifest }: Project,
  target: Target,
  to: string,
): Promise<readonly FileChange[]> {
  const meaning = createMeaning(manifest)
  const changes: FileChange[] = []
  const problems = []
  for (const file of definitions.files) {
    const references = findReferences(file.content, target, meaning)
    if (references.length === 0) continue
    const before = await readFile(join(dir, file.file), 'utf8')
    const edited = editFile(file, before, references, target, to)
    problems.push(...edited.problems)
    const edits = uniqueEdits(edited.edits)
    changes.push({ file: file.file, before, edits, after: applyEdits(before, edits) })
  }
  if (problems.length > 0) throw new UserError(problems)
  return changes
}

/** The renamed node, and nothing else, may be different. */
async function checkMeaning(dir: string, before: Manifest, changes: readonly FileChange[]): Promise<void> {
  const data = changes.filter(({ file }) => /\.ya?ml$/.test(file))
  // Modules are read from the disk when they are imported: what they say after the edit is not known before it is written.
  if (data.length < changes.length) return
  const { manifest, diagnostics } = await checkEdited(dir, new Map(data.map(({ file, after }) => [file, after])))
  const errors = diagnostics.filter(isError)
  const others = diffManifests(before, manifest).filter(
    ({ change, effect }) => change !== 'renamed' && effect !== 'cosmetic',
  )
  if (errors.length === 0 && others.length === 0) return
  const more = others.map(({ kind, name, details }) => `${kind} ${name}: ${details[0]?.text ?? 'changed'}`)
  throw new UserError([
    diagnostic(
      'AM6124',
      `The rename would change more than names${more.length === 0 ? '.' : `: ${more.slice(0, 5).join('; ')}.`}`,
      {
        hint: 'Nothing was written. Rename what is in the way first.',
      },
    ),
    ...errors,
  ])
}
