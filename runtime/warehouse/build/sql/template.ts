import Handlebars from 'handlebars'

/** What a template's expressions stand for, as SQL. */
export interface TemplateContext {
  readonly ref: (name: string) => string
  readonly source: (group: string, table: string) => string
  readonly this: string
  /** The greatest value of a time column among the rows there are, as SQL. */
  readonly watermark: (column: string) => string
  /** A condition that leaves out rows of `alias` that the model has: those stored long before, and those with a key that it knows. */
  readonly unread: (alias: string, column: string) => string
  readonly incremental: boolean
}

export interface RenderedSql {
  readonly sql: string
  /** Where in the template a place of the SQL comes from; line and column count from 1. */
  originOf(offset: number): { readonly line: number; readonly column: number }
}

interface Piece {
  readonly sql: string
  readonly line: number
  readonly column: number
  /** False for what an expression stands for: all of it comes from one place. */
  readonly literal: boolean
}

/** Renders the SQL of a model. The compiler has checked the template: whatever it does not know here is a bug. */
export function renderTemplate(template: string, context: TemplateContext): RenderedSql {
  // Without whitespace control, so that text stays what it was and its places can be told.
  const pieces = piecesOf(Handlebars.parseWithoutProcessing(template), context)
  return { sql: pieces.map(({ sql }) => sql).join(''), originOf: (offset) => originIn(pieces, offset) }
}

function piecesOf(program: hbs.AST.Program | undefined, context: TemplateContext): readonly Piece[] {
  return (program?.body ?? []).flatMap((statement): readonly Piece[] => {
    const { line, column } = statement.loc.start
    const place = { line, column: column + 1 }
    if (isContent(statement)) return [{ sql: String(statement.value), ...place, literal: true }]
    if (isMustache(statement)) return [{ sql: sqlOf(statement, context), ...place, literal: false }]
    if (isBlock(statement)) return piecesOf(branchOf(statement, context), context)
    if (statement.type === 'CommentStatement') return []
    throw new TypeError(`Unknown ${statement.type} in a template.`)
  })
}

function sqlOf({ path, params }: hbs.AST.MustacheStatement, context: TemplateContext): string {
  const helper = 'original' in path ? String(path.original) : ''
  const [first = '', second = ''] = params.map((param) => String((param as hbs.AST.StringLiteral).value))
  if (helper === 'this') return context.this
  if (helper === 'watermark') return context.watermark(first)
  if (helper === 'unread') return context.unread(first, second)
  if (helper === 'ref') return context.ref(first)
  if (helper === 'source') return context.source(first, second)
  throw new TypeError(`Unknown expression ${helper} in a template.`)
}

function branchOf(block: hbs.AST.BlockStatement, { incremental }: TemplateContext): hbs.AST.Program | undefined {
  const unless = block.path.original === 'unless'
  return incremental !== unless ? block.program : block.inverse
}

function originIn(pieces: readonly Piece[], offset: number) {
  let start = 0
  for (const piece of pieces) {
    if (offset < start + piece.sql.length) return within(piece, offset - start)
    start += piece.sql.length
  }
  const last = pieces.at(-1)
  return last ? within(last, last.sql.length) : { line: 1, column: 1 }
}

function within({ sql, line, column, literal }: Piece, offset: number) {
  if (!literal) return { line, column }
  const before = sql.slice(0, offset).split('\n')
  const length = before.at(-1)?.length ?? 0
  return before.length === 1
    ? { line, column: column + length }
    : { line: line + before.length - 1, column: length + 1 }
}

const isContent = (node: hbs.AST.Node): node is hbs.AST.ContentStatement => node.type === 'ContentStatement'
const isMustache = (node: hbs.AST.Node): node is hbs.AST.MustacheStatement => node.type === 'MustacheStatement'
const isBlock = (node: hbs.AST.Node): node is hbs.AST.BlockStatement => node.type === 'BlockStatement'
