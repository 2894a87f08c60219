import { type Diagnostic, diagnostic } from '../../diagnostics/index.ts'
import { startOf } from '../../documents/index.ts'
import type { SqlFile } from '../definition-file.ts'

/** Keeps the first of several models of one name. Databases do not tell `Orders` from `orders`, so case does not count. */
export function duplicateModels(files: readonly SqlFile[]): {
  readonly sqlFiles: readonly SqlFile[]
  readonly diagnostics: readonly Diagnostic[]
} {
  const first = new Map<string, SqlFile>()
  const diagnostics: Diagnostic[] = []
  for (const sqlFile of files) {
    const before = first.get(sqlFile.name.toLowerCase())
    if (before === undefined) first.set(sqlFile.name.toLowerCase(), sqlFile)
    else diagnostics.push(duplicate(sqlFile, before))
  }
  return { sqlFiles: [...first.values()], diagnostics }
}

const duplicate = ({ file, name }: SqlFile, before: SqlFile) =>
  diagnostic('AM1018', `The model \`${name}\` is there already: ${before.file}.`, {
    at: startOf(file),
    hint: 'Rename one of the files; a model is known by the name of its file alone.',
    related: [{ message: 'The other one', at: startOf(before.file) }],
  })
