import { describe, expect, it } from 'vitest'
import { findAggregate, parseSql, sqlColumns, tokenizeSql } from '../runtime/compiler/expression/index.ts'

const problemsIn = (sql: string) =>
  parseSql(sql).problems.map(({ message, start, length }) => [message, sql.slice(start, start + length)])

describe('SQL of users', () => {
  it('is split at its references', () => {
    expect(parseSql("{status} = 'failed' and { teams.name } <> ''").parts).toEqual([
      { reference: 'status', start: 1, length: 6 },
      { text: " = 'failed' and " },
      { reference: 'teams.name', start: 26, length: 10 },
      { text: " <> ''" },
    ])
  })

  it.each(["case when x = '{status}' then 1 end", `"{odd}" = 1`, "x -> '$.{a}'", "{'a': 1, 'b': {'c': x}}"])(
    '%s holds no reference',
    (sql) => {
      expect(parseSql(sql)).toEqual({ parts: [{ text: sql }], problems: [] })
    },
  )

  it('finds references inside struct literals', () => {
    expect(parseSql("{'a': {status}}").parts).toEqual([
      { text: "{'a': " },
      { reference: 'status', start: 7, length: 6 },
      { text: '}' },
    ])
  })

  it('loses its comments, which would swallow what follows', () => {
    expect(parseSql('a -- {b}\n + c /* {d} */').parts).toEqual([{ text: 'a  \n + c' }])
  })

  it.each([
    ['(a + b', 'never closed', '('],
    ['a + b)', 'never opened', ')'],
    ["a = 'x", 'never ends', "'"],
    ['a; drop table b', 'expression', ';'],
    ['{{status}} = 1', 'Templates', '{{status}}'],
    ['${status} = 1', 'not a reference', '${status}'],
    ['{Status} = 1', 'snake_case', '{Status}'],
    ['{} = 1', 'empty', '{}'],
    ['{CUBE}.status', 'means nothing', '{CUBE}'],
    ['a /* b', 'comment', '/*'],
  ])('%s has a problem with its place', (sql, message, marked) => {
    const [found] = problemsIn(sql)
    expect(found?.[0]).toContain(message)
    expect(found?.[1]).toBe(marked)
  })

  it('keeps every character as tokens', () => {
    const sql = `select "a b", 'it''s', $$x$$, 1.5e3 /* c */ from t -- end`
    expect(
      tokenizeSql(sql)
        .map(({ text }) => text)
        .join(''),
    ).toBe(sql)
  })
})

describe('columns in SQL', () => {
  it.each([
    ['duration_s', ['duration_s']],
    ["CASE WHEN loc > 500 THEN 'large' ELSE 'small' END", ['loc']],
    ['coalesce(a, b, 0) / nullif(c, 0)', ['a', 'b', 'c']],
    ['"Order" + t.price', ['Order', 'price']],
    ['cast(started_at as date)', ['started_at']],
    ['x::double precision + y', ['x', 'y']],
    ["ended_at - interval '1 day' > date '2026-01-01'", ['ended_at']],
    ["date_diff('second', started_at, ended_at)", ['started_at', 'ended_at']],
    ['extract(epoch from ended_at - started_at)', ['ended_at', 'started_at']],
    ["created at time zone 'UTC'", ['created']],
    ['interval 1 day + d', ['d']],
    ["{status} = 'failed' and not is_bot", ['is_bot']],
    ['date', ['date']],
    ["data ->> 'model'", ['data']],
    ['sum(cost) filter (where paid)', ['cost', 'paid']],
    ['prix_été', ['prix_été']],
    ['A + a', ['a']],
    ['current_date - d', ['d']],
  ])('%s reads %j', (sql, expected) => {
    expect(sqlColumns(sql)).toEqual(expected)
  })
})

describe('an aggregate where rows are meant', () => {
  it.each([
    ['sum(cost)', 'sum'],
    ['cost / COUNT(*)', 'COUNT'],
  ])('is found in %s', (sql, name) => {
    expect(findAggregate(sql)?.text).toBe(name)
  })

  it.each([
    'least(a, b)',
    'max(a, b)',
    '(select max(x) from y)',
    'sum(x) over (partition by y)',
    'sum_of_costs',
    "'sum(x)'",
  ])('is not found in %s', (sql) => {
    expect(findAggregate(sql)).toBeUndefined()
  })
})
