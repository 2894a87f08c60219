import { parseCondition } from './condition.ts'
import type { Filter, ParsedFilter } from './filter.ts'
import { FilterSyntaxError, refuse, tokenizeFilter } from './filter-tokens.ts'
import { TokenReader } from './token-reader.ts'

const MAX_DEPTH = 60

/**
 * Parses what `where` and `--where` take: `{team} = 'core' and ({loc} > 100 or {status} in ('failed', 'cancelled'))`.
 */
export function parseFilter(text: string): ParsedFilter {
  try {
    const reader = new TokenReader(tokenizeFilter(text))
    if (reader.peek().kind === 'end') refuse('The filter is empty.', reader.peek(), "Write one like `{team} = 'core'`.")
    const filter = parseOr(reader, 0)
    refuseRest(reader)
    return { filter }
  } catch (error) {
    if (error instanceof FilterSyntaxError) return { problem: error.problem }
    throw error
  }
}

function parseOr(reader: TokenReader, depth: number): Filter {
  return group('or', reader, () => parseAnd(reader, depth))
}

function parseAnd(reader: TokenReader, depth: number): Filter {
  return group('and', reader, () => parseNot(reader, depth))
}

function group(kind: 'and' | 'or', reader: TokenReader, parse: () => Filter): Filter {
  const filters = [parse()]
  refuseSymbol(reader, kind)
  while (reader.takeWord(kind)) {
    filters.push(parse())
    refuseSymbol(reader, kind)
  }
  const [first] = filters
  if (first !== undefined && filters.length === 1) return first
  return { kind, filters: filters.flatMap((filter) => (filter.kind === kind ? filter.filters : [filter])) }
}

function refuseSymbol(reader: TokenReader, kind: 'and' | 'or') {
  const symbol = kind === 'and' ? '&&' : '||'
  if (reader.isSymbol(symbol)) refuse(`\`${symbol}\` has no meaning in a filter.`, reader.peek(), `Write \`${kind}\`.`)
}

function parseNot(reader: TokenReader, depth: number): Filter {
  if (depth > MAX_DEPTH)
    refuse(`The filter is nested more than ${MAX_DEPTH} deep.`, reader.peek(), 'Write fewer parentheses.')
  if (reader.isSymbol('!')) refuse('`!` has no meaning in a filter.', reader.peek(), 'Write `not`.')
  if (reader.takeWord('not')) return { kind: 'not', filter: parseNot(reader, depth + 1) }
  if (!reader.isSymbol('(')) return parseCondition(reader)
  const open = reader.take()
  const filter = parseOr(reader, depth + 1)
  if (!reader.takeSymbol(')')) refuse('The parenthesis that opens here is never closed.', open, 'Add `)`.')
  return filter
}

function refuseRest(reader: TokenReader) {
  const token = reader.peek()
  if (token.kind === 'end') return
  if (reader.isSymbol(')'))
    refuse('A parenthesis closes here that was never opened.', token, 'Remove it, or open it before.')
  refuse('The filter should end here, or go on with `and` or `or`.', token, 'Put `and` or `or` between conditions.')
}
