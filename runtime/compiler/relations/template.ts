import Handlebars from 'handlebars'
import type { TemplatePlace, TemplateProblem } from './template-problem.ts'
import { findJinja, parseProblem, statementProblem } from './template-problem.ts'

/** What a SQL template reads, and what is wrong with it. Lines count from 1, columns from 1. */
export interface Template {
  readonly refs: readonly (TemplatePlace & { readonly name: string })[]
  readonly sources: readonly (TemplatePlace & { readonly group: string; readonly name: string })[]
  /** Where it leaves out rows that it has already, which it knows by its unique key. */
  readonly unread: readonly TemplatePlace[]
  readonly problems: readonly TemplateProblem[]
}

export function parseTemplate(sql: string): Template {
  const jinja = findJinja(sql)
  if (jinja.length > 0) return { refs: [], sources: [], unread: [], problems: jinja }
  const template = { refs: [], sources: [], unread: [], problems: [] }
  try {
    readStatements(Handlebars.parse(sql), template)
    return template
  } catch (error) {
    return { ...template, problems: [parseProblem(error)] }
  }
}

interface Collected {
  readonly refs: (TemplatePlace & { readonly name: string })[]
  readonly sources: (TemplatePlace & { readonly group: string; readonly name: string })[]
  readonly unread: TemplatePlace[]
  readonly problems: TemplateProblem[]
}

function readStatements(program: hbs.AST.Program | undefined, into: Collected): void {
  for (const statement of program?.body ?? []) {
    if (isBlock(statement)) readBlock(statement, into)
    else if (isMustache(statement)) readMustache(statement, into)
    else if (statement.type !== 'ContentStatement' && statement.type !== 'CommentStatement') {
      into.problems.push(statementProblem(placeOf(statement), statement.type.startsWith('Partial') ? '>' : '@'))
    }
  }
}

function readBlock(block: hbs.AST.BlockStatement, into: Collected): void {
  const helper = block.path.original
  const condition = block.params[0]
  if (helper !== 'if' && helper !== 'unless') into.problems.push(statementProblem(placeOf(block), `#${String(helper)}`))
  else if (condition === undefined || !isPath(condition) || condition.original !== 'incremental') {
    into.problems.push(statementProblem(placeOf(condition ?? block), `#${String(helper)} …`))
  }
  readStatements(block.program, into)
  readStatements(block.inverse, into)
}

function readMustache(statement: hbs.AST.MustacheStatement, into: Collected): void {
  const { path, params } = statement
  const helper = isPath(path) ? path.original : ''
  const names = params.flatMap((param) => (isString(param) ? [param.value] : []))
  const [first, second] = names
  const place = placeOf(params[0] ?? statement)
  if (helper === 'this' && params.length === 0) return
  if (helper === 'watermark' && params.length === 1 && first !== undefined) return
  if (helper === 'ref' && params.length === 1 && first !== undefined) into.refs.push({ ...place, name: first })
  else if (helper === 'unread' && params.length === 2 && names.length === 2) into.unread.push(placeOf(statement))
  else if (helper === 'source' && params.length === 2 && first !== undefined && second !== undefined) {
    into.sources.push({ ...place, group: first, name: second })
  } else into.problems.push(statementProblem(placeOf(statement), helper))
}

const placeOf = (node: hbs.AST.Node): TemplatePlace => ({
  line: node.loc.start.line,
  column: node.loc.start.column + 1,
  endLine: node.loc.end.line,
  endColumn: node.loc.end.column + 1,
})

const isBlock = (node: hbs.AST.Node): node is hbs.AST.BlockStatement => node.type === 'BlockStatement'
const isMustache = (node: hbs.AST.Node): node is hbs.AST.MustacheStatement => node.type === 'MustacheStatement'
const isPath = (node: hbs.AST.Node): node is hbs.AST.PathExpression => node.type === 'PathExpression'
const isString = (node: hbs.AST.Node): node is hbs.AST.StringLiteral => node.type === 'StringLiteral'
