import type { Relation, RelationTest } from '../../../compiler/index.ts'
import { type Diagnostic, diagnostic } from '../../../diagnostics/index.ts'
import type { Dialect, QueryResult } from '../../driver.ts'
import { relationSql } from '../../relation-name.ts'
import { SqlError } from '../../sql-error.ts'
import { type BuildContext, kindOf } from '../build-context.ts'
import type { QueryRunner } from '../ledger.ts'
import { sentence } from './sql-diagnostic.ts'
import { renderTemplate, type TemplateContext } from './template.ts'

const EXAMPLES = 5

export interface Tested {
  readonly ran: number
  readonly diagnostics: readonly Diagnostic[]
  readonly notes: readonly string[]
}

/** Runs the data tests of a model on `target`, which is the relation or what is to take its place. */
export async function runDataTests(
  context: BuildContext,
  run: QueryRunner,
  relation: Relation,
  target: string,
  template: TemplateContext,
  /** The rows of `target` that are new, where the others were tested before. */
  added?: string,
): Promise<Tested> {
  const diagnostics: Diagnostic[] = []
  const notes: string[] = []
  let ran = 0
  for (const test of relation.tests) {
    const missing = missingRelation(context, test)
    if (missing !== undefined) {
      notes.push(`${test.name} did not run: \`${missing}\` is not built yet.`)
      continue
    }
    ran++
    const { dialect } = context.warehouse
    const tested = added === undefined ? target : touchedBy(dialect, test, target, added)
    const found = await runOne(run, relation, test, offendersSql(dialect, test, tested, template))
    if (found) diagnostics.push(found)
  }
  return { ran, diagnostics, notes }
}

/** Rows that can have come to break a rule when some were added. */
function touchedBy(dialect: Dialect, { check, column }: RelationTest, target: string, added: string): string {
  if (check.type === 'sql') return target
  if (check.type !== 'unique') return added
  const value = dialect.quote(column ?? '')
  return `(SELECT * FROM ${target} WHERE ${value} IN (SELECT ${value} FROM ${added})) AS touched`
}

function missingRelation(context: BuildContext, { check }: RelationTest): string | undefined {
  if (check.type !== 'relationships' || context.built.has(check.to) || kindOf(context, check.to)) return undefined
  return check.to
}

async function runOne(
  run: QueryRunner,
  relation: Relation,
  test: RelationTest,
  offenders: string,
): Promise<Diagnostic | undefined> {
  const at = { file: test.source.file, line: test.source.line, column: 1 }
  try {
    const counted = await run.query(`SELECT count(*) FROM (\n${offenders}\n) AS offenders`)
    const count = Number(counted.rows[0]?.[0])
    if (count === 0) return undefined
    const examples = await run.query(`SELECT * FROM (\n${offenders}\n) AS offenders LIMIT ${EXAMPLES}`)
    const message = `Data test \`${test.name}\` failed: ${sayWhat(relation, test, count)}`
    return diagnostic('AM3102', message, { at, hint: `Such as:\n${listRows(examples)}` })
  } catch (error) {
    if (!(error instanceof SqlError)) throw error
    return diagnostic('AM3103', `Data test \`${test.name}\` cannot run: ${sentence(error.message)}`, {
      at,
      hint: error.hint,
    })
  }
}

/** A SELECT of the rows that break the rule. */
function offendersSql(
  dialect: Dialect,
  { check, column }: RelationTest,
  target: string,
  template: TemplateContext,
): string {
  if (check.type === 'sql') return renderTemplate(check.sql.replace(/[;\s]+$/, ''), { ...template, this: target }).sql
  const value = dialect.quote(column ?? '')
  if (check.type === 'not_null') return `SELECT * FROM ${target} WHERE ${value} IS NULL`
  if (check.type === 'unique') {
    return `SELECT ${value}, count(*) AS "rows" FROM ${target} WHERE ${value} IS NOT NULL GROUP BY ${value} HAVING count(*) > 1`
  }
  if (check.type === 'accepted_values') {
    return `SELECT ${value}, count(*) AS "rows" FROM ${target} WHERE ${notIn(dialect, value, check.values)} GROUP BY ${value}`
  }
  if (check.type !== 'relationships') throw new TypeError(`Unknown data test ${JSON.stringify(check)}.`)
  const other = `SELECT 1 FROM ${relationSql(dialect, check.to)} AS other WHERE other.${dialect.quote(check.toColumn)} = this.${value}`
  return `SELECT this.${value}, count(*) AS "rows" FROM ${target} AS this
    WHERE this.${value} IS NOT NULL AND NOT EXISTS (${other}) GROUP BY this.${value}`
}

/** Text is compared as text, so that values of a column of another type can be listed as well. */
function notIn(dialect: Dialect, value: string, accepted: readonly (string | number | boolean)[]): string {
  const asText = accepted.some((item) => typeof item === 'string')
  const list = accepted.map((item) => dialect.literal(asText ? String(item) : item)).join(', ')
  return `${asText ? `CAST(${value} AS varchar)` : value} NOT IN (${list})`
}

function sayWhat({ name }: Relation, { check, column }: RelationTest, count: number): string {
  const of = `\`${column}\` of \`${name}\``
  const values = `${count} ${count === 1 ? 'value' : 'values'}`
  switch (check.type) {
    case 'not_null':
      return `${of} is null in ${rowsOf(count)}.`
    case 'unique':
      return `${values} of ${of} ${count === 1 ? 'stands' : 'stand'} in more than one row.`
    case 'accepted_values':
      return `${of} has ${values} other than ${check.values.map((value) => `\`${value}\``).join(', ')}.`
    case 'relationships':
      return `${values} of ${of} ${count === 1 ? 'is' : 'are'} missing in \`${check.toColumn}\` of \`${check.to}\`.`
    case 'sql':
      return `${rowsOf(count)} of \`${name}\` ${count === 1 ? 'breaks' : 'break'} it.`
  }
}

const rowsOf = (count: number) => `${count} ${count === 1 ? 'row' : 'rows'}`

function listRows({ columns, rows }: QueryResult): string {
  const shown = columns.slice(0, 6)
  return rows.map((row) => shown.map(({ name }, index) => `${name} = ${show(row[index])}`).join(', ')).join('\n')
}

function show(value: unknown): string {
  const text = typeof value === 'string' ? `'${value}'` : String(value)
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}
