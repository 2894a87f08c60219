import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createLoader, type DefinitionFile, loadDefinitions } from '../../runtime/definitions/index.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'definitions-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

function write(file: string, text: string | Uint8Array) {
  mkdirSync(dirname(join(dir, file)), { recursive: true })
  writeFileSync(join(dir, file), text)
}
const fileOf = (files: readonly DefinitionFile[], name: string) => files.find(({ file }) => file === name)

const RATIO = 'version: 1\nmetrics:\n  - { name: rate, type: ratio, numerator: a, denominator: b }\n'

describe('what is wrong is left out and its siblings stay', () => {
  test('one metric of a model, and the places of those after it are still right', async () => {
    write(
      'metrics/orders.yml',
      `version: 1
semantic_models:
  - name: orders
    relation: fct_orders
    metrics:
      - { name: first, agg: nonsense }
      - { name: second, agg: sum }
      - { name: third, agg: sum, colour: red }
      - { name: fourth, agg: max }
`,
    )
    const { files, broken } = await loadDefinitions(dir)
    const [file] = files
    expect(file?.content).toMatchObject({ semantic_models: [{ metrics: [{ name: 'second' }, { name: 'fourth' }] }] })
    expect(file?.locate(['semantic_models', 0, 'metrics', 1, 'agg'])).toMatchObject({ line: 9, column: 30 })
    expect(broken.map(({ kind, name, owner }) => [kind, name, owner])).toEqual([
      ['metrics', 'first', 'orders'],
      ['metrics', 'third', 'orders'],
    ])
  })

  test('a semantic model whose access rule is broken, since without the rule people would see too much', async () => {
    write(
      'metrics/orders.yml',
      `version: 1
semantic_models:
  - name: orders
    relation: fct_orders
    metrics: [{ name: placed, agg: count }]
    access: [{ role: viewer, hidden: [email] }]
  - { name: customers, relation: dim_customers }
`,
    )
    const { files, broken } = await loadDefinitions(dir)
    expect(files[0]?.content).toEqual({
      version: 1,
      semantic_models: [{ name: 'customers', relation: 'dim_customers' }],
    })
    expect(broken).toContainEqual({ file: 'metrics/orders.yml', kind: 'metrics', name: 'placed', owner: 'orders' })
  })

  test('a project-wide access rule, which is reported as broken', async () => {
    write('metrics/access.yml', 'version: 1\naccess:\n  - { role: viewer, hidden: [email] }\n  - { role: user }\n')
    const { files, broken } = await loadDefinitions(dir)
    expect(files[0]?.content).toEqual({ version: 1, access: [{ role: 'user' }] })
    expect(broken).toEqual([{ file: 'metrics/access.yml', kind: 'access', name: null, owner: null }])
  })

  test.each([
    ['a misspelt key', 'version: 1\nacess:\n  - { role: viewer, hide: [email] }\n'],
    ['a mistake in YAML', 'version: 1\naccess:\n  - { role: viewer, hide: [email }\n'],
    ['a key that stands twice', 'version: 1\naccess: [{ role: viewer, hide: [email] }]\naccess: []\n'],
    ['a list that is none', 'version: 1\naccess: { role: viewer, hide: [email] }\n'],
    ['an encoding that cannot be read', Buffer.from([0xff, 0xfe, 0x61, 0])],
  ])('project-wide access rules behind %s, so that nothing is shown without them', async (_, text) => {
    write('metrics/access.yml', text)
    const { broken } = await loadDefinitions(dir)
    expect(broken).toContainEqual({ file: 'metrics/access.yml', kind: 'access', name: null, owner: null })
  })

  test('rules of one model take only that model with them', async () => {
    write('metrics/broken.yml', 'version: 1\nsemantic_models:\n  - name: a\n    access: [{ role: viewer, hide: [x }]\n')
    const { broken } = await loadDefinitions(dir)
    expect(broken.map(({ kind }) => kind)).toEqual(['file', 'file'])
  })

  test('a whole file that cannot be read, with the names that can be seen in it', async () => {
    write('metrics/broken.yml', 'version: 1\nmetrics:\n  - name: rate\n    label: "Rate\n')
    write('metrics/good.yml', RATIO)
    const { files, broken } = await loadDefinitions(dir)
    expect(files.map(({ file }) => file)).toEqual(['metrics/good.yml'])
    expect(broken.map(({ name }) => name)).toEqual([null, 'rate'])
  })

  test('a widget, a channel and a table of a source', async () => {
    write(
      'dashboards/a.yml',
      'version: 1\ndashboards:\n  - name: a\n    title: A\n    rows:\n      - widgets: [{ type: pie, metric: x }, { type: kpi, metric: x }]\n',
    )
    write('alerts/a.yml', 'version: 1\nchannels: [{ name: a, type: slack }, { name: b, type: in_app }]\n')
    write('models/a.yml', 'version: 1\nsources: [{ name: raw, tables: [{ name: a, path: a.csv }, { name: b }] }]\n')
    const { files } = await loadDefinitions(dir)
    expect(fileOf(files, 'dashboards/a.yml')?.content).toMatchObject({
      dashboards: [{ rows: [{ widgets: [{ type: 'kpi' }] }] }],
    })
    expect(fileOf(files, 'alerts/a.yml')?.content).toMatchObject({ channels: [{ name: 'b' }] })
    expect(fileOf(files, 'models/a.yml')?.content).toMatchObject({ sources: [{ tables: [{ name: 'b' }] }] })
  })
})

describe('a loader', () => {
  test('reads again only what changed', async () => {
    write('metrics/a.yml', RATIO)
    write('metrics/b.yml', RATIO.replace('rate', 'other'))
    const loader = createLoader(dir)
    const before = await loader.load()
    write('metrics/b.yml', RATIO.replace('rate', 'better'))
    const after = await loader.load()
    expect(fileOf(after.files, 'metrics/a.yml')).toBe(fileOf(before.files, 'metrics/a.yml'))
    expect(fileOf(after.files, 'metrics/b.yml')?.content).toMatchObject({ metrics: [{ name: 'better' }] })
  })

  test('sees an edit that keeps size and time to the second', async () => {
    write('metrics/a.yml', RATIO)
    const loader = createLoader(dir)
    await loader.load()
    write('metrics/a.yml', RATIO.replace('rate', 'tare'))
    const { files } = await loader.load()
    expect(files[0]?.content).toMatchObject({ metrics: [{ name: 'tare' }] })
  })

  test('forgets files that are gone and errors that were mended', async () => {
    write('metrics/a.yml', RATIO)
    write('metrics/b.yml', 'version: 1\nmetrics: nothing\n')
    const loader = createLoader(dir)
    expect((await loader.load()).diagnostics).toHaveLength(1)
    rmSync(join(dir, 'metrics/b.yml'))
    const { files, diagnostics } = await loader.load()
    expect([files.length, diagnostics]).toEqual([1, []])
  })

  test('reads a module again when one that it imports changes, even from outside the folders', async () => {
    write('shared/names.ts', "import { prefix } from './prefix'\nexport const names = [`${prefix}_rate`]\n")
    write('shared/prefix.ts', "export const prefix = 'old'\n")
    write(
      'metrics/a.ts',
      "import { names } from '../shared/names.ts'\nexport default { version: 1, metrics: names.map((name) => ({ name, type: 'derived', expr: '{a}' })) }\n",
    )
    const loader = createLoader(dir)
    const before = await loader.load()
    write('shared/prefix.ts', "export const prefix = 'new_one'\n")
    const after = await loader.load()
    expect(before.files[0]?.content).toMatchObject({ metrics: [{ name: 'old_rate' }] })
    expect(after.files[0]?.content).toMatchObject({ metrics: [{ name: 'new_one_rate' }] })
  })

  test('gives the same for the same files, in whatever order they were touched', async () => {
    for (const name of ['c', 'a', 'b'])
      write(`metrics/${name}.yml`, RATIO.replace('rate', `rate_${name}`).replace('ratio', 'rato'))
    utimesSync(join(dir, 'metrics/a.yml'), 0, 0)
    const { diagnostics } = await loadDefinitions(dir)
    expect(diagnostics.map(({ at }) => at?.file)).toEqual(['metrics/a.yml', 'metrics/b.yml', 'metrics/c.yml'])
  })
})

describe('SQL files', () => {
  test('carry their settings in front matter, and know on which line the SQL starts', async () => {
    write(
      'models/a/stg_orders.sql',
      '---\r\nmaterialized: incremental\r\nunique_key: id\r\n---\r\n\r\nselect 1 as id\r\n',
    )
    const { sqlFiles, diagnostics } = await loadDefinitions(dir)
    expect(diagnostics).toEqual([])
    expect(sqlFiles).toMatchObject([
      {
        name: 'stg_orders',
        firstLine: 5,
        sql: '\r\nselect 1 as id\r\n',
        settings: { materialized: 'incremental', unique_key: 'id' },
      },
    ])
    expect(sqlFiles[0]?.locate(['unique_key'])).toMatchObject({ file: 'models/a/stg_orders.sql', line: 3, column: 13 })
  })

  test('need none', async () => {
    write('models/stg_orders.sql', '--- a comment, not front matter\nselect 1 as id')
    const { sqlFiles } = await loadDefinitions(dir)
    expect(sqlFiles).toMatchObject([
      { firstLine: 1, sql: '--- a comment, not front matter\nselect 1 as id', settings: {} },
    ])
  })
})

test('a linked folder is read, and one that leads back to itself is not read for ever', async () => {
  const { symlinkSync } = await import('node:fs')
  write('elsewhere/a.yml', RATIO)
  write('metrics/b.yml', RATIO.replace('rate', 'other'))
  symlinkSync(join(dir, 'elsewhere'), join(dir, 'metrics/linked'))
  symlinkSync(join(dir, 'elsewhere'), join(dir, 'elsewhere/itself'))
  const { files } = await loadDefinitions(dir)
  expect(files.map(({ file }) => file)).toEqual(['metrics/b.yml', 'metrics/linked/a.yml'])
})
