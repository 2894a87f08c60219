import { expect } from 'vitest'

type Row = Readonly<Record<string, unknown>>

/** The same rows in any order; numbers may differ in their last digits, because engines add up in another order. */
export function expectRows(actual: readonly Row[], expected: readonly Row[], what: unknown): void {
  const context = JSON.stringify(what)
  const [left, right] = [sorted(actual), sorted(expected)]
  expect(right.length, `rows expected of ${context}`).toBeGreaterThan(0)
  expect(left.length, `rows of ${context}`).toBe(right.length)
  for (const [at, row] of right.entries()) {
    for (const [name, value] of Object.entries(row)) {
      const found = left[at]?.[name]
      const where = `${name} of ${JSON.stringify(row)} in ${context}`
      if (typeof value === 'number' && typeof found === 'number')
        expect(close(found, value), `${where}: ${found}`).toBe(true)
      else expect(found, where).toEqual(value)
    }
  }
}

const close = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))

const sorted = (rows: readonly Row[]): readonly Row[] =>
  rows
    .map((row) => ({ key: keyOf(row), row }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ row }) => row)

const keyOf = (row: Row): string =>
  JSON.stringify(
    Object.entries(row)
      .filter(([, value]) => typeof value !== 'number')
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
