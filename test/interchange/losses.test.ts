import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isError } from '../../runtime/diagnostics/index.ts'
import { type Imported, planImport, writeFiles } from '../../runtime/interchange/index.ts'
import { checkProject } from '../../runtime/project/index.ts'
import { casesOf, expectJson } from '../support/cases.ts'

const CONFIG = 'name: bank\nwarehouse: { type: duckdb, path: ":memory:" }\ntenancy: false\n'
const CASES = casesOf('interchange-losses-').map((one) => ({
  ...one,
  from: one.name.replace('interchange-losses-', '') as 'dbt',
}))

let dir: string
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'metrics-losses-'))
  writeFileSync(join(dir, 'metrics.config.yml'), CONFIG)
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const importOf = ({ dir: path, from }: (typeof CASES)[number]): Promise<Imported> =>
  planImport({ dir, from, paths: [path], out: `metrics/${from}` })

test.each(CASES)('what $from cannot bring along is named, each with its reason and what to do: $name', async (one) => {
  const { files, losses } = await importOf(one)
  await expectJson(one, 'losses.json', losses)
  await expectJson(one, 'files.json', Object.fromEntries(files))
  expect(losses.every(({ hint, message }) => hint !== '' && message !== '')).toBe(true)
})

test.each(CASES)('every name of $from is carried over or named as lost', async (one) => {
  const { files, losses } = await importOf(one)
  const told = [...files.values(), ...losses.flatMap(({ message, object }) => [object, message])].join('\n')
  for (const name of namesIn(one.dir)) expect(new RegExp(`\\b${name}\\b`, 'i').test(told), name).toBe(true)
})

test.each(CASES)('what remains of $from is valid', async (one) => {
  await writeFiles(dir, (await importOf(one)).files, false)
  const { diagnostics } = await checkProject(dir)
  expect(diagnostics.filter(isError)).toEqual([])
  rmSync(join(dir, 'metrics'), { recursive: true })
  rmSync(join(dir, 'models'), { recursive: true, force: true })
})

/** Names of metrics, measures, dimensions and the like, read without knowing the formats. */
function namesIn(folder: string): readonly string[] {
  const text = readdirSync(folder)
    .filter((file) => !/many\.yml|old\.js/.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n')
  const json = text.startsWith('{') ? (JSON.parse(text) as { metrics: Record<string, { name: string }> }) : undefined
  if (json !== undefined) return Object.values(json.metrics).map(({ name }) => name)
  const blocks =
    /^\s*(?:dimension|dimension_group|measure|parameter|filter|set|explore|view|join|access_grant|datagroup): (\w+) \{/gm
  const items = /- (?:\{ )?name: (\w+)/g
  return [...text.matchAll(blocks), ...text.matchAll(items)].flatMap(([, name]) => name ?? [])
}
