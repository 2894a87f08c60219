import type { InferredMetric } from '../infer/metrics.ts'
import type { Table } from '../infer/table.ts'

/** A unit test that shows the form and holds: of a rate, else of a sum, else of the count. */
export function exampleTest(table: Table, metrics: readonly InferredMetric[]) {
  const rate = metrics.find(({ kind }) => kind === 'ratio')
  if (rate) return rateTest(table, rate, metrics)
  const sum = metrics.find(({ kind }) => kind === 'sum')
  return sum ? sumTest(table, sum) : countTest(table, metrics)
}

function rateTest(table: Table, rate: InferredMetric, metrics: readonly InferredMetric[]) {
  const yes = metrics.find(({ name }) => name === rate.definition.numerator)
  const column = String(yes?.definition.filter).slice(1, -1)
  return {
    name: `rows of which it is not known count on neither side of ${rate.name}`,
    given: { [table.name]: [true, true, false, null, true].map((value) => ({ [column]: value })) },
    query: { metrics: [rate.name] },
    expect: [{ [rate.name]: 0.75 }],
  }
}

function sumTest(table: Table, sum: InferredMetric) {
  const column = String(sum.definition.sql).replaceAll('"', '')
  return {
    name: `${sum.name} leaves out rows without a value`,
    given: { [table.name]: [1, 2, null].map((value) => ({ [column]: value })) },
    query: { metrics: [sum.name] },
    expect: [{ [sum.name]: 3 }],
  }
}

function countTest(table: Table, metrics: readonly InferredMetric[]) {
  const name = metrics.find(({ kind }) => kind === 'count')?.name ?? `${table.name}_count`
  const column = table.columns[0]?.name ?? 'value'
  return {
    name: `${name} counts every row`,
    given: { [table.name]: [{ [column]: null }, { [column]: null }] },
    query: { metrics: [name] },
    expect: [{ [name]: 2 }],
  }
}
