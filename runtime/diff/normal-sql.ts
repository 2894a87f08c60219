import { significantSql } from '../compiler/index.ts'

/** SQL without its formatting: comments, spaces, line breaks and the case of unquoted words mean nothing. */
export function normalSql(sql: string): string {
  return significantSql(sql)
    .map(({ kind, text }) => {
      if (kind === 'word') return text.toLowerCase()
      return kind === 'template' || kind === 'braces' ? text.replace(/\s+/g, ' ').replaceAll("'", '"') : text
    })
    .join(' ')
}
