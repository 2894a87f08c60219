import { sqlColumns, significantSql, type SemanticModel, type SqlExpression } from '../../../compiler/index.ts'

/** SQL over a model as Cube writes it: columns as `{CUBE}.column`, dimensions and measures in braces. */
export function cubeSql(model: SemanticModel, expression: SqlExpression): string {
  return expression
    .map((part) => {
      if ('text' in part) return qualified(part.text, (column) => `{CUBE}.${column}`)
      if ('metric' in part) return `{${part.metric}}`
      return part.model === model.name ? `{${part.dimension}}` : `{${part.model}.${part.dimension}}`
    })
    .join('')
}

/** SQL with its columns rewritten; keywords, functions and texts stay. */
export function qualified(sql: string, write: (column: string) => string): string {
  const columns = new Set(sqlColumns(sql))
  let out = ''
  let done = 0
  const tokens = significantSql(sql)
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'word' && token.kind !== 'quoted') continue
    const name = token.kind === 'quoted' ? token.text.slice(1, -1) : token.text.toLowerCase()
    const [before, after] = [tokens[index - 1]?.text.toLowerCase(), tokens[index + 1]?.text]
    if (!columns.has(name) || before === '.' || before === 'as' || before === '::' || after === '(' || after === '.') continue
    out += sql.slice(done, token.start) + write(token.text)
    done = token.start + token.text.length
  }
  return out + sql.slice(done)
}
