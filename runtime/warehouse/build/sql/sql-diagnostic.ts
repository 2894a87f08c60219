import type { Relation } from '../../../compiler/index.ts'
import { type Diagnostic, diagnostic, nearest, type Position } from '../../../diagnostics/index.ts'
import type { SqlError } from '../../sql-error.ts'
import type { BuildContext } from '../build-context.ts'

/** An error of the engine as one of the model's file; `place` is one in the model's SQL. */
export function modelError(context: BuildContext, relation: Relation, error: SqlError, place: Place): Diagnostic {
  return diagnostic('AM3101', `Model \`${relation.name}\` fails: ${sentence(error.message)}`, {
    at: positionIn(relation, place),
    hint: hintFor(context, error),
  })
}

export interface Place {
  readonly line: number
  readonly column: number
}

/** A place in a model's SQL as one in its file; the SQL starts behind the front matter, on a line of its own. */
export function positionIn(relation: Relation, { line, column }: Place): Position {
  return { file: relation.source.file, line: relation.source.line + line - 1, column }
}

export const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`)

function hintFor(context: BuildContext, error: SqlError): string | undefined {
  if (error.kind === 'permission' && /file system|external access/i.test(error.message)) {
    return 'SQL cannot read files. Declare the file under `sources:` with `file:` and read it with `{{source "group" "table"}}`.'
  }
  return missingTable(context, error.message) ?? error.hint
}

function missingTable({ graph, sources, existing }: BuildContext, message: string): string | undefined {
  const name = /Table with name "?([\w.]+)"? does not exist|relation "([\w.]+)" does not exist/.exec(message)
  const missing = name?.[1] ?? name?.[2]
  if (missing === undefined) return undefined
  if (graph.nodes.get(missing)?.kind === 'model')
    return `Read a model with \`{{ref "${missing}"}}\`, so that it is built before.`
  const source = [...sources].find(
    ([key, table]) => key === missing || table === missing || table.endsWith(`.${missing}`),
  )?.[0]
  if (source !== undefined) return `Read a source with \`{{source "${source.split('.').join('" "')}"}}\`.`
  const tables = [...existing.keys()].map((table) => table.slice(table.indexOf('.') + 1))
  const near = nearest(missing, [...graph.nodes.keys(), ...tables])
  return near === undefined
    ? 'Models are read with `{{ref "…"}}`, other tables with `{{source "…" "…"}}`.'
    : `Did you mean \`${near}\`?`
}
