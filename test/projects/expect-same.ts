import { expect } from 'vitest'
import type { QueryDefinition } from '../../runtime/definitions/index.ts'
import type { SecurityContext } from '../../runtime/semantic/index.ts'
import { EVERYTHING, type OpenProject } from './open-project.ts'

/** Expects that a query answers what plain SQL says of the same tables, and that there is something to say. */
export async function expectSame(
  { layer, warehouse }: OpenProject,
  query: QueryDefinition,
  sql: string,
  caller: SecurityContext = EVERYTHING,
): Promise<void> {
  const answer = await layer.query({ limit: 100_000, ...query }, caller)
  const { columns, rows } = await warehouse.query(sql)
  const expected = rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, plain(row[index])])))
  expect(expected.length).toBeGreaterThan(0)
  expectSameRows(answer.rows, expected)
}

type Rows = readonly Readonly<Record<string, unknown>>[]

/** Expects the same rows in any order, up to the last digits of numbers. */
export function expectSameRows(actual: Rows, expected: Rows): void {
  expect(sorted(actual)).toEqual(sorted(expected))
}

/** Sums differ in their last digits with the order of rows; days and instants are compared by what they have in common. */
const plain = (value: unknown): unknown => {
  if (typeof value === 'number') return value === 0 ? 0 : Number(value.toPrecision(9))
  return typeof value === 'string' ? value.replace(/T00:00:00(\.000)?Z$/, '') : value
}

function sorted(rows: Rows): readonly string[] {
  return rows
    .map((row) =>
      JSON.stringify(
        Object.fromEntries(
          Object.keys(row)
            .sort()
            .map((key) => [key, plain(row[key])]),
        ),
      ),
    )
    .sort()
}
