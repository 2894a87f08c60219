export {
  type ParsedPart,
  type ParsedSql,
  parseSql,
  referencesOf,
  type SqlProblem,
  type SqlReference,
} from './parse-sql.ts'
export { findColumns, type SqlColumn, sqlColumns } from './sql-columns.ts'
export { type Found, findAggregate, findComparisons, findQuotedReferences } from './sql-mistakes.ts'
export { type SqlToken, significant, tokenizeSql } from './sql-tokens.ts'
export { BARE_VALUES } from './sql-words.ts'
