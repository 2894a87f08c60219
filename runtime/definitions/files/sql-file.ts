import { type Diagnostic, diagnostic, isError, type Position } from '../../diagnostics/index.ts'
import { readYaml, snakeCase, startOf } from '../../documents/index.ts'
import type { Locate, SqlFile } from '../definition-file.ts'
import { checkFrontMatter } from '../kinds.ts'
import type { ModelFrontMatter } from '../schema/models.ts'

interface ReadSql {
  readonly name: string
  readonly sqlFile: SqlFile | undefined
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads a model: front matter, if there is any, and a SELECT. */
export async function readSql(file: string, text: string): Promise<ReadSql> {
  const name = (file.split('/').at(-1) ?? file).replace(/\.sql$/i, '')
  const split = splitFrontMatter(text)
  if (split === undefined) return { name, sqlFile: undefined, diagnostics: [unclosed(file)] }
  const settings = await readSettings(file, split.yaml)
  const diagnostics = [...badName(file, name), ...settings.diagnostics, ...noSql(file, split)]
  const { sql, firstLine } = split
  const sqlFile = { name, file, sql, firstLine, settings: settings.content, locate: settings.locate }
  return { name, sqlFile: diagnostics.some(isError) ? undefined : sqlFile, diagnostics }
}

interface Split {
  readonly yaml: string | undefined
  readonly sql: string
  readonly firstLine: number
}

function splitFrontMatter(text: string): Split | undefined {
  const opening = /^---[ \t]*\r?\n/.exec(text)
  if (!opening) return { yaml: undefined, sql: text, firstLine: 1 }
  const closing = /^---[ \t]*(?:\r?\n|$)/m.exec(text.slice(opening[0].length))
  if (!closing) return undefined
  const yaml = text.slice(opening[0].length, opening[0].length + closing.index)
  const sql = text.slice(opening[0].length + closing.index + closing[0].length)
  return { yaml, sql, firstLine: text.slice(0, text.length - sql.length).split('\n').length }
}

async function readSettings(file: string, yaml: string | undefined) {
  const start: Locate = () => startOf(file)
  if (yaml === undefined) return { content: {}, locate: start, diagnostics: [] }
  // The empty line stands for the `---` above, so that lines are counted as in the file.
  const document = readYaml(file, `\n${yaml}`)
  const problems = document.problems.map((problem) => problem.diagnostic)
  const content = document.content ?? {}
  const violations = (await checkFrontMatter(content)).map(({ code, message, hint, path, of }) =>
    diagnostic(code, message, { hint, at: document.locate(path, of) }),
  )
  return { content: content as ModelFrontMatter, locate: document.locate, diagnostics: [...problems, ...violations] }
}

const unclosed = (file: string) =>
  diagnostic('AM1015', 'The front matter that starts here has no end.', {
    at: startOf(file),
    hint: 'Write a line `---` between the settings and the SQL.',
  })

function badName(file: string, name: string): readonly Diagnostic[] {
  if (/^[A-Za-z_]\w*$/.test(name)) return []
  const hint = `Rename it, for example to \`${snakeCase(name) || 'model'}.sql\`.`
  return [diagnostic('AM1017', `A relation cannot be called \`${name}\`.`, { at: startOf(file), hint })]
}

function noSql(file: string, { sql, firstLine }: Split): readonly Diagnostic[] {
  const code = sql.replace(/\/\*[\s\S]*?\*\/|--.*|\{\{!(?:--[\s\S]*?--|[\s\S]*?)\}\}/g, '').trim()
  if (code !== '') return []
  const at: Position = { file, line: firstLine, column: 1 }
  return [diagnostic('AM1016', 'The file has no SQL.', { at, hint: 'Write one SELECT, or remove the file.' })]
}
