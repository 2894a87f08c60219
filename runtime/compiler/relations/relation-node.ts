import type { Model, ModelFrontMatter, SqlFile } from '../../definitions/index.ts'
import { type Position, suggest } from '../../diagnostics/index.ts'
import { byName, type Declared, type Project, uniqueByName } from '../project/index.ts'
import { parseTemplate, type Template } from './template.ts'

/** A model of models/: its SQL and what YAML says about it. */
export interface RelationNode {
  readonly name: string
  readonly sqlFile: SqlFile
  readonly settings: ModelFrontMatter
  readonly yaml: Declared<Model> | null
  readonly template: Template
}

/** Pairs SQL files with their settings, by name. */
export function declareRelations(project: Project): ReadonlyMap<string, RelationNode> {
  const { declarations, report } = project
  const settings = uniqueByName(report, 'AM1403', 'Model', declarations.models, 'Put its settings in one place.')
  const nodes = new Map(
    [...project.sqlFiles].sort(byName).map((file) => [file.name, nodeOf(file, settings.get(file.name) ?? null)]),
  )
  for (const [name, declared] of settings) {
    if (nodes.has(name) || project.broken.has('models', name)) continue
    report('AM1402', `There is no file \`${name}.sql\` for these settings of model \`${name}\`.`, {
      at: declared.at(['name']),
      hint: suggest(name, nodes.keys()) ?? `Write models/${name}.sql.`,
    })
  }
  return nodes
}

function nodeOf(sqlFile: SqlFile, yaml: Declared<Model> | null): RelationNode {
  const settings = { ...yaml?.value, ...sqlFile.settings }
  return { name: sqlFile.name, sqlFile, settings, yaml, template: parseTemplate(sqlFile.sql) }
}

/** Place in a SQL file of a line and column of its template. */
export function placeIn(
  { file, firstLine }: SqlFile,
  line: number,
  column: number,
  end?: { readonly line: number; readonly column: number },
): Position {
  const at = { file, line: firstLine + line - 1, column }
  return end === undefined ? at : { ...at, endLine: firstLine + end.line - 1, endColumn: end.column }
}

/** Place in a SQL file of a character of its template. */
export function placeAtOffset(sqlFile: SqlFile, offset: number, length = 1): Position {
  const before = sqlFile.sql.slice(0, offset).split('\n')
  const column = (before.at(-1)?.length ?? 0) + 1
  return placeIn(sqlFile, before.length, column, { line: before.length, column: column + length })
}
