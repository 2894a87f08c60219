import { describe, expect, it } from 'vitest'
import { conditionsOf, type Filter, parseFilter } from '../runtime/compiler/filter/index.ts'

const parsed = (text: string): Filter => {
  const result = parseFilter(text)
  if ('problem' in result) throw new Error(`${text}: ${result.problem.message}`)
  return result.filter
}
const shape = (filter: Filter): unknown => {
  if (filter.kind === 'condition') return [filter.reference, filter.operator, ...filter.values]
  if (filter.kind === 'not') return { not: shape(filter.filter) }
  return { [filter.kind]: filter.filters.map(shape) }
}
const problem = (text: string) => {
  const result = parseFilter(text)
  if ('filter' in result) throw new Error(`${text} is a filter`)
  const { message, hint, start, end } = result.problem
  return { message, hint, marked: text.slice(start, end) }
}

describe('a filter', () => {
  it.each([
    ["{team} = 'core'", ['team', 'equals', 'core']],
    ["{teams.name} <> 'it''s'", ['teams.name', 'not_equals', "it's"]],
    ['{loc}!=-1.5e3', ['loc', 'not_equals', -1500]],
    ['{ loc } <= 10', ['loc', 'lte', 10]],
    ['10 <= {loc}', ['loc', 'gte', 10]],
    ["'core' = {team}", ['team', 'equals', 'core']],
    ['{active}', ['active', 'equals', true]],
    ['{active} = FALSE', ['active', 'equals', false]],
    ['{active} is not true', ['active', 'not_equals', true]],
    ["{team} IN ('a', 'b',3)", ['team', 'in', 'a', 'b', 3]],
    ["{team} not in ('a')", ['team', 'not_in', 'a']],
    ["{day} between date '2026-01-01' and '2026-01-31'", ['day', 'between', '2026-01-01', '2026-01-31']],
    ["{name} not like 'a%'", ['name', 'not_like', 'a%']],
    ["{name} ilike '%x%'", ['name', 'ilike', '%x%']],
    ["{name} contains '100%'", ['name', 'contains', '100%']],
    ['{name} is null', ['name', 'is_null']],
    ['{name} IS NOT NULL', ['name', 'is_not_null']],
  ])('reads %s', (text, expected) => {
    expect(shape(parsed(text))).toEqual(expected)
  })

  it('binds and tighter than or, and not tightest', () => {
    expect(shape(parsed('{a} = 1 or not {b} = 2 and {c} = 3'))).toEqual({
      or: [['a', 'equals', 1], { and: [{ not: ['b', 'equals', 2] }, ['c', 'equals', 3]] }],
    })
  })

  it('lets parentheses group, and flattens groups of one kind', () => {
    expect(shape(parsed('({a} = 1 or {b} = 2) and ({c} = 3 and {d} = 4)'))).toEqual({
      and: [
        {
          or: [
            ['a', 'equals', 1],
            ['b', 'equals', 2],
          ],
        },
        ['c', 'equals', 3],
        ['d', 'equals', 4],
      ],
    })
  })

  it('takes the and of between for its own', () => {
    expect(shape(parsed('{a} between 1 and 2 and {b} = 3'))).toEqual({
      and: [
        ['a', 'between', 1, 2],
        ['b', 'equals', 3],
      ],
    })
  })

  it('knows where its references and values stand', () => {
    const text = "{a} = 1 and { teams.name } in ('x', 'yz')"
    const marked = conditionsOf(parsed(text)).map((condition) => [
      text.slice(condition.start, condition.end),
      ...condition.valueSpans.map(({ start, end }) => text.slice(start, end)),
    ])
    expect(marked).toEqual([
      ['a', '1'],
      ['teams.name', "'x'", "'yz'"],
    ])
  })
})

describe('a text that is no filter', () => {
  it.each([
    ['', 'empty', ''],
    ["team = 'core'", 'not in braces', 'team'],
    ["{team} == 'core'", '==', '=='],
    ['{team} = "core"', 'single quotes', '"core"'],
    ["{team} = 'core", 'never ends', "'core"],
    ['{team} = core', 'is not a value', 'core'],
    ['{team} = null', 'null', 'null'],
    ['{team} in ()', 'empty', ')'],
    ["{team} in 'core'", 'parentheses', "'core'"],
    ["{team} = 'a' && {b} = 1", '&&', '&&'],
    ["!{team} = 'a'", '!', '!'],
    ["lower({team}) = 'a'", 'no functions', 'lower'],
    ['{a} = {b}', 'another dimension', 'b'],
    ['{a} + 1 = 2', 'do not calculate', '+'],
    ['({a} = 1', 'never closed', '('],
    ['{a} = 1)', 'never opened', ')'],
    ['{a} = 1 {b} = 2', 'go on with', 'b'],
    ['{a b} = 1', 'is not a name', '{a b}'],
    ['{a} between 1', 'two values', ''],
    ['{a} =', 'ends where a value', ''],
    ['{a} = 1 and', 'ends where a dimension', ''],
    ['{a} > ; drop table x', ';', ';'],
    ['{a} is 5', '`null`', '5'],
    ['{a} not 5', 'After `not`', '5'],
    ['{a} like 5', 'text in single quotes', '5'],
    ['{a = 1', 'never closed', '{'],
    ['{a} = 12abc', 'no meaning', '1'],
  ])('%s is refused with its place', (text, message, marked) => {
    const found = problem(text)
    expect(found.message).toContain(message)
    expect(found.marked).toBe(marked)
  })

  it('says what to write instead', () => {
    expect(problem("team = 'core'").hint).toContain('{team}')
    expect(problem('{team} = "core"').hint).toContain("'core'")
    expect(problem('{team} != null').hint).toContain('is not null')
  })

  it('is refused, not run into the ground, when it is nested without end', () => {
    expect(problem(`${'('.repeat(100_000)}{a} = 1`).message).toContain('nested')
    expect(problem(`${'not '.repeat(100_000)}{a} = 1`).message).toContain('nested')
  })
})
