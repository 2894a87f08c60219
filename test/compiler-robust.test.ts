import { describe, expect, it } from 'vitest'
import { parseSql, tokenizeSql } from '../runtime/compiler/expression/index.ts'
import { compile, parseFilter, sqlColumns } from '../runtime/compiler/index.ts'
import type { DefinitionFile, MetricsFile } from '../runtime/definitions/index.ts'

const config = {
  name: 'shop',
  warehouse: { type: 'duckdb' },
  tenancy: null,
  timezone: 'UTC',
  weekStart: 'monday',
} as const

const PIECES = [
  ...['{team}', '{a.b}', '{', '}', '{{', '}}', '${x}', "'", '"', "'core'", '--', '/*', '*/', '\n', ' ', '(', ')', ','],
  ...['=', '==', '<>', '<=', 'and', 'or', 'not', 'in', 'between', 'like', 'is', 'null', 'true', '1', '-2.5e3', ';'],
  ...['sum(', 'case when', '::', 'interval', '\\', '\u0000', 'é', '🙂', '$$', '{%', '%}', 'x', '.'],
]

/** Texts of random pieces; the same in every run. */
function* texts(count: number): Generator<string> {
  let seed = 42
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return seed % below
  }
  for (let index = 0; index < count; index++) {
    yield Array.from({ length: random(14) }, () => PIECES[random(PIECES.length)]).join(random(3) === 0 ? ' ' : '')
  }
}

const fileOf = (file: string, content: MetricsFile): DefinitionFile => ({
  kind: 'metrics',
  file,
  content,
  locate: () => ({ file, line: 1, column: 1 }),
})

describe('whatever is written', () => {
  it('is a filter or a problem with a place in the text, and never a crash', () => {
    for (const text of texts(5000)) {
      const result = parseFilter(text)
      if ('filter' in result) continue
      expect(result.problem.start).toBeGreaterThanOrEqual(0)
      expect(result.problem.end).toBeLessThanOrEqual(text.length + 2)
      expect(result.problem.hint, `${text}: ${result.problem.message}`).toBeTruthy()
    }
  })

  it('is split into SQL tokens that are the same text again', () => {
    for (const text of texts(5000)) {
      expect(
        tokenizeSql(text)
          .map((token) => token.text)
          .join(''),
      ).toBe(text)
      for (const { length, start } of parseSql(text).problems) expect(start + length).toBeLessThanOrEqual(text.length)
      for (const column of sqlColumns(text)) expect(column).not.toBe('')
    }
  })

  it('is told in diagnostics by the compiler, and never a crash', () => {
    for (const sql of texts(1500)) {
      const content: MetricsFile = {
        version: 1,
        semantic_models: [
          {
            name: 'orders',
            relation: 'shop.orders',
            dimensions: [{ name: 'team', type: 'string', sql }],
            metrics: [{ name: 'total', agg: 'sum', sql, filter: sql }],
          },
        ],
        metrics: [{ name: 'derived', type: 'derived', expr: sql }],
      }
      const { diagnostics } = compile({
        config,
        files: [fileOf('metrics/a.yml', content)],
        sqlFiles: [],
        today: '2026-01-01',
      })
      for (const { hint, message } of diagnostics) expect(hint, message).toBeTruthy()
    }
  })
})

describe('a project without anything', () => {
  it('has an empty manifest and no problems', () => {
    const { diagnostics, manifest } = compile({ config, files: [], sqlFiles: [], today: '2026-01-01' })
    expect(diagnostics).toEqual([])
    expect(Object.values(manifest).filter(Array.isArray).flat()).toEqual([])
  })
})
