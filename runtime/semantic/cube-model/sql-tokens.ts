/** A piece of SQL text: `word` is an identifier or keyword, quoted or not; everything else is kept as it is. */
interface SqlToken {
  readonly kind: 'word' | 'other'
  readonly text: string
}

const PATTERN =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\$\$[\s\S]*?\$\$|[A-Za-z_][A-Za-z0-9_]*|\d[\w.]*|\s+|./gs

function tokenizeSql(sql: string): readonly SqlToken[] {
  return [...sql.matchAll(PATTERN)].map(([text]) => ({ kind: /^["A-Za-z_]/.test(text) ? 'word' : 'other', text }))
}

/** Puts `qualifier` in front of every identifier of `sql` that is one of `columns`. */
export function qualifyColumns(sql: string, columns: ReadonlySet<string>, qualify: (column: string) => string): string {
  const tokens = tokenizeSql(sql)
  return tokens
    .map((token, index) => {
      if (token.kind !== 'word') return token.text
      const column = columnOf(token.text, columns)
      if (column === undefined) return token.text
      const before = tokens[previous(tokens, index)]?.text
      const after = tokens[next(tokens, index)]?.text
      return before === '.' || after === '.' || after === '(' ? token.text : qualify(column)
    })
    .join('')
}

function columnOf(word: string, columns: ReadonlySet<string>): string | undefined {
  if (word.startsWith('"')) {
    const name = word.slice(1, -1).replaceAll('""', '"')
    return columns.has(name) ? name : undefined
  }
  if (columns.has(word)) return word
  return columns.has(word.toLowerCase()) ? word.toLowerCase() : undefined
}

const blank = (token: SqlToken | undefined): boolean => token !== undefined && /^(\s|--|\/\*)/.test(token.text)

function previous(tokens: readonly SqlToken[], from: number): number {
  let index = from - 1
  while (blank(tokens[index])) index--
  return index
}

function next(tokens: readonly SqlToken[], from: number): number {
  let index = from + 1
  while (blank(tokens[index])) index++
  return index
}
