import type { Condition, FilterOperator, FilterValue, TextSpan } from './filter.ts'
import { type FilterToken, refuse } from './filter-tokens.ts'
import type { TokenReader } from './token-reader.ts'

interface Reference extends TextSpan {
  readonly name: string
}
interface Value extends TextSpan {
  readonly value: FilterValue
}

const COMPARISONS: Readonly<Record<string, FilterOperator>> = {
  '=': 'equals',
  '!=': 'not_equals',
  '<>': 'not_equals',
  '<': 'lt',
  '<=': 'lte',
  '>': 'gt',
  '>=': 'gte',
}
const FLIPPED: Partial<Record<FilterOperator, FilterOperator>> = { lt: 'gt', lte: 'gte', gt: 'lt', gte: 'lte' }
const NEGATED = {
  in: 'not_in',
  between: 'not_between',
  like: 'not_like',
  ilike: 'not_ilike',
  contains: 'not_contains',
} as const
type WordOperator = keyof typeof NEGATED

/** One comparison, from its first token to its last. */
export function parseCondition(reader: TokenReader): Condition {
  if (isValue(reader.peek())) return parseFlipped(reader)
  const reference = parseReference(reader)
  const token = reader.peek()
  if (token.kind === 'symbol' && (COMPARISONS[token.text] !== undefined || token.text === '==')) {
    const operator = parseComparison(reader)
    refuseNull(reader, reference, operator)
    return condition(reference, operator, [parseValue(reader)])
  }
  if (reader.isWord('is')) return parseNullCheck(reader, reference)
  const negated = reader.takeWord('not')
  const word = wordOperator(reader)
  if (word !== undefined) {
    reader.take()
    return condition(reference, negated ? NEGATED[word] : word, operands(reader, word))
  }
  if (negated)
    refuse(
      'After `not` comes `in`, `between`, `like`, `ilike` or `contains` here.',
      reader.peek(),
      'To turn a whole condition round, put `not` in front of it.',
    )
  if (endsCondition(reader)) return condition(reference, 'equals', [{ ...reference, value: true }])
  return refuse(
    `\`{${reference.name}}\` is followed by no comparison.`,
    token,
    'Write one of = <> < <= > >=, `in (…)`, `between … and …`, `like`, `ilike`, `contains`, `is null`, `is not null`.',
  )
}

function condition(reference: Reference, operator: FilterOperator, values: readonly Value[]): Condition {
  return {
    kind: 'condition',
    reference: reference.name,
    operator,
    values: values.map(({ value }) => value),
    start: reference.start,
    end: reference.end,
    valueSpans: values.map(({ start, end }) => ({ start, end })),
  }
}

function parseReference(reader: TokenReader): Reference {
  const token = reader.peek()
  if (token.kind === 'reference') {
    reader.take()
    return { name: token.name, start: token.start, end: token.end }
  }
  if (token.kind === 'end')
    return refuse(
      'The filter ends where a dimension should follow.',
      token,
      'Add a condition, or remove what leads to it.',
    )
  if (token.kind !== 'word') return refuse('A dimension should stand here.', token, 'Write one in braces: `{team}`.')
  if (reader.isSymbol('(', 1)) {
    return refuse(
      `Filters compare dimensions with values; they call no functions (\`${token.text}\`).`,
      token,
      'Declare a dimension with this SQL and compare that.',
    )
  }
  return refuse(`\`${token.text}\` is not in braces.`, token, `Dimensions stand in braces: write \`{${token.word}}\`.`)
}

function parseComparison(reader: TokenReader): FilterOperator {
  const token = reader.take()
  const operator = token.kind === 'symbol' ? COMPARISONS[token.text] : undefined
  return operator ?? refuse('`==` has no meaning in a filter.', token, 'Write `=`.')
}

function refuseNull(reader: TokenReader, reference: Reference, operator: FilterOperator) {
  if (!reader.isWord('null')) return
  const check = operator === 'not_equals' ? 'is not null' : 'is null'
  refuse('Nothing compares with null this way.', reader.peek(), `Write \`{${reference.name}} ${check}\`.`)
}

function parseFlipped(reader: TokenReader): Condition {
  const value = parseValue(reader)
  const token = reader.peek()
  if (token.kind !== 'symbol' || (COMPARISONS[token.text] === undefined && token.text !== '==')) {
    refuse('A comparison such as `=` should follow the value.', token, "Write `{team} = 'core'`.")
  }
  const operator = parseComparison(reader)
  return condition(parseReference(reader), FLIPPED[operator] ?? operator, [value])
}

function parseNullCheck(reader: TokenReader, reference: Reference): Condition {
  reader.take()
  const negated = reader.takeWord('not')
  for (const truth of ['true', 'false']) {
    if (!reader.isWord(truth)) continue
    const at = reader.take()
    return condition(reference, negated ? 'not_equals' : 'equals', [{ ...at, value: truth === 'true' }])
  }
  if (!reader.takeWord('null')) {
    refuse(
      'After `is` comes `null`, `not null`, `true` or `false`.',
      reader.peek(),
      'To compare with a value write `=`.',
    )
  }
  return condition(reference, negated ? 'is_not_null' : 'is_null', [])
}

function wordOperator(reader: TokenReader): WordOperator | undefined {
  return (Object.keys(NEGATED) as WordOperator[]).find((word) => reader.isWord(word))
}

function operands(reader: TokenReader, operator: WordOperator): readonly Value[] {
  if (operator === 'in') return parseList(reader)
  if (operator !== 'between') return [parseText(reader, operator)]
  const low = parseValue(reader)
  if (!reader.takeWord('and')) {
    refuse('`between` takes two values with `and` between them.', reader.peek(), 'Write `{x} between 1 and 10`.')
  }
  return [low, parseValue(reader)]
}

function parseList(reader: TokenReader): readonly Value[] {
  const open = reader.peek()
  if (!reader.takeSymbol('(')) {
    refuse('After `in` comes a list in parentheses.', open, "Write `{team} in ('core', 'web')`.")
  }
  if (reader.isSymbol(')'))
    refuse('The list is empty: nothing could be in it.', reader.peek(), 'Name a value at least.')
  const values = [parseValue(reader)]
  while (reader.takeSymbol(',')) values.push(parseValue(reader))
  if (!reader.takeSymbol(')'))
    refuse('The list goes on with `,` or ends with `)`.', reader.peek(), 'Add `)` behind the last value.')
  return values
}

function parseText(reader: TokenReader, operator: WordOperator): Value {
  const token = reader.peek()
  if (token.kind !== 'string') {
    refuse(`After \`${operator}\` comes text in single quotes.`, token, `Write \`${operator} '…'\`.`)
  }
  return parseValue(reader)
}

const isValue = (token: FilterToken) =>
  token.kind === 'string' ||
  token.kind === 'number' ||
  (token.kind === 'word' && (token.word === 'true' || token.word === 'false'))

function parseValue(reader: TokenReader): Value {
  const token = reader.take()
  if (token.kind === 'string' || token.kind === 'number')
    return { value: token.value, start: token.start, end: token.end }
  if (token.kind === 'word') return parseWordValue(reader, token)
  if (token.kind === 'end')
    return refuse('The filter ends where a value should follow.', token, "Add 'text', a number, true or false.")
  if (token.kind === 'reference') {
    return refuse(
      'Filters compare a dimension with values, not with another dimension.',
      token,
      'Declare a dimension of type boolean with this comparison as its SQL.',
    )
  }
  return refuse('A value should stand here.', token, "Write 'text', a number, true or false.")
}

function parseWordValue(reader: TokenReader, token: FilterToken & { readonly kind: 'word' }): Value {
  if (token.word === 'true' || token.word === 'false') return { ...token, value: token.word === 'true' }
  const next = reader.peek()
  if ((token.word === 'date' || token.word === 'timestamp') && next.kind === 'string') return parseValue(reader)
  if (token.word === 'null') return refuse('Nothing compares with null this way.', token, 'Write `is null`.')
  return refuse(`\`${token.text}\` is not a value.`, token, `Text stands in single quotes: write '${token.text}'.`)
}

const endsCondition = (reader: TokenReader) =>
  reader.peek().kind === 'end' ||
  reader.isWord('and') ||
  reader.isWord('or') ||
  reader.isSymbol(')') ||
  reader.isSymbol('&&') ||
  reader.isSymbol('||')
