import { type SemanticModel, type SqlExpression, significantSql, sqlColumns } from '../../../compiler/index.ts'

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
    if (!columns.has(name) || before === '.' || before === 'as' || before === '::' || after === '(' || after === '.')
      continue
    out += sql.slice(done, token.start) + write(plainName(name))
    done = token.start + token.text.length
  }
  return out + sql.slice(done)
}

/** Words that must stay in quotes wherever they stand alone. */
const RESERVED =
  /^(all|and|any|as|asc|between|both|by|case|cast|check|column|constraint|create|cross|current_date|default|desc|distinct|do|else|end|except|false|fetch|filter|for|foreign|from|full|grant|group|having|in|inner|intersect|into|is|join|leading|left|like|limit|natural|not|null|offset|on|only|or|order|outer|over|primary|references|right|select|session_user|some|table|then|to|trailing|true|union|unique|user|using|values|when|where|window|with)$/

/** A column without quotes where it needs none. */
export const plainName = (name: string): string =>
  /^[a-z_][a-z0-9_]*$/.test(name) && !RESERVED.test(name) ? name : `"${name.replaceAll('"', '""')}"`
