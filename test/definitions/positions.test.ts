import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Document, type Path, readModule, readYaml } from '../../runtime/documents/index.ts'

/** The text that a position covers, so that tests say what is marked instead of where. */
function marked(
  source: string,
  { locate }: Document,
  ...args: [path: Path, of?: 'key' | 'value', offset?: number, length?: number]
) {
  const { line, column, endLine, endColumn } = locate(...args)
  const lines = source.split(/\r?\n/)
  if (endLine === undefined || endColumn === undefined) return lines[line - 1]?.slice(column - 1)
  if (endLine === line) return lines[line - 1]?.slice(column - 1, endColumn - 1)
  return [
    lines[line - 1]?.slice(column - 1),
    ...lines.slice(line, endLine - 1),
    lines[endLine - 1]?.slice(0, endColumn - 1),
  ].join('\n')
}

const YAML = `version: 1
semantic_models:
  - name: orders
    label: 'It''s orders'
    description: "a \\"quoted\\" {thing}"
    relation: >-
      folded {text}
      over {lines}
    metrics:
      - { name: revenue, agg: sum, sql: "{amount} * {rate}", tags: [a, b] }
      - name: late
        filter: {status} late
        sql: |
          CASE WHEN {late}
            THEN {amount} END
    joins:
`.replace('{status} late', 'x AND {status}')

describe('places in YAML', () => {
  const document = readYaml('a.yml', YAML)
  const metrics: Path = ['semantic_models', 0, 'metrics']
  const where = (path: Path, ...rest: [of?: 'key' | 'value', offset?: number, length?: number]) =>
    marked(YAML, document, path, ...rest)

  test('are those of values and of keys', () => {
    expect(where([...metrics, 0, 'agg'])).toBe('sum')
    expect(where([...metrics, 0, 'agg'], 'key')).toBe('agg')
    expect(where([...metrics, 0, 'tags', 1])).toBe('b')
    expect(where([...metrics, 0])).toBe('{ name: revenue, agg: sum, sql: "{amount} * {rate}", tags: [a, b] }')
    expect(document.locate([...metrics, 1])).toMatchObject({ file: 'a.yml', line: 11, column: 9 })
  })

  test('are those of the nearest parent for what is not there', () => {
    expect(where([...metrics, 0, 'format', 'type'])).toBe(where([...metrics, 0]))
    expect(where([...metrics, 0, 'format'], 'key')).toBe(where([...metrics, 0]))
    expect(document.locate(['nothing'])).toMatchObject({ line: 1, column: 1 })
  })

  test('are those of the key where a value is missing', () => {
    expect(where(['semantic_models', 0, 'joins'])).toBe('joins')
  })

  test.each([
    ['plain text', [...metrics, 1, 'filter'], '{status}'],
    ['double quotes', [...metrics, 0, 'sql'], '{rate}'],
    ['double quotes with escapes', ['semantic_models', 0, 'description'], '{thing}'],
    ['single quotes with a quote', ['semantic_models', 0, 'label'], 'orders'],
    ['folded text', ['semantic_models', 0, 'relation'], '{lines}'],
    ['a block of lines', [...metrics, 1, 'sql'], '{late}'],
    ['a later line of a block', [...metrics, 1, 'sql'], '{amount}'],
  ] as [string, Path, string][])('are exact inside %s', (_, path, text) => {
    const value = path.reduce<unknown>((content, step) => (content as Record<string, unknown>)[step], document.content)
    expect(where(path, 'value', String(value).indexOf(text), text.length)).toBe(text)
  })

  test('count lines of files with CRLF and columns after characters beyond the basic plane', () => {
    const crlf = 'version: 1\r\nlabel: "📦 {x}"\r\nsql: |\r\n  a\r\n  {b}\r\n'
    const windows = readYaml('a.yml', crlf)
    expect(marked(crlf, windows, ['label'], 'value', '📦 '.length, 3)).toBe('{x}')
    expect(marked(crlf, windows, ['sql'], 'value', 2, 3)).toBe('{b}')
  })

  test('of merged keys are those of where they were written', () => {
    const source = 'base: &base { agg: sum }\nmetric:\n  <<: *base\n  name: a\n'
    expect(readYaml('a.yml', source).locate(['metric', 'agg'])).toMatchObject({ line: 1, column: 20 })
  })
})

const MODULE = `import { defineMetrics } from 'agent-metrics'

const revenue = { name: 'revenue', 'agg': 'sum', sql: \`{amount} * {rate}\` } as const
const more = [1, 2].map((n) => ({ name: 'm' + n, agg: 'count' as const }))

export default defineMetrics({
  version: 1,
  semantic_models: [{ name: 'orders', relation: 'fct_orders', metrics: [revenue, ...more] }],
} satisfies object)
`

describe('places in TypeScript', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'positions-')), 'a.ts')
  writeFileSync(path, MODULE)
  const document = await readModule('a.ts', MODULE, path, 'defineMetrics')
  const metrics: Path = ['semantic_models', 0, 'metrics']
  const where = (path: Path, ...rest: [of?: 'key' | 'value', offset?: number, length?: number]) =>
    marked(MODULE, document, path, ...rest)

  test('lead through constants, casts and the call of define', () => {
    expect(where(['semantic_models', 0, 'relation'])).toBe("'fct_orders'")
    expect(where([...metrics, 0, 'agg'], 'key')).toBe("'agg'")
    expect(where([...metrics, 0, 'sql'], 'value', 11, 6)).toBe('{rate}')
  })

  test('of what code computes are those of the code', () => {
    expect(where([...metrics, 2, 'name'])).toBe('[revenue, ...more]')
  })
})
