import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepareCompiler } from '@cubejs-backend/schema-compiler'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { isError } from '../../runtime/diagnostics/index.ts'
import { diffManifests } from '../../runtime/diff/index.ts'
import { planExport, planImport, writeFiles } from '../../runtime/interchange/index.ts'
import { checkProject } from '../../runtime/project/index.ts'
import { supplyNative } from '../../runtime/semantic/cube/native.ts'
import { expectJson } from '../support/cases.ts'

const INPUT = join(import.meta.dirname, '../input')
const temp = mkdtempSync(join(tmpdir(), 'metrics-export-'))
afterAll(() => rmSync(temp, { recursive: true, force: true }))

const PROJECTS = [join(INPUT, 'compile-good-company'), process.cwd()]

async function manifestOf(dir: string) {
  const { diagnostics, manifest } = await checkProject(dir)
  expect(diagnostics.filter(isError)).toEqual([])
  return manifest
}

const validate = new Ajv2020({ strict: false }).compile(
  JSON.parse(readFileSync(join(INPUT, 'interchange-osi/ossie-schema.json'), 'utf8')),
)

describe.each(PROJECTS)('%s', (project) => {
  test('exported to Apache Ossie is valid by its schema', async () => {
    const { files } = planExport(await manifestOf(project), 'osi')
    for (const text of files.values()) {
      validate(parse(text))
      expect(validate.errors ?? []).toEqual([])
    }
  })

  test('exported to Cube compiles there', async () => {
    const { files } = planExport(await manifestOf(project), 'cube')
    const content = [...files].map(([fileName, content]) => ({ fileName, content }))
    const repository = { localPath: () => '/', dataSchemaFiles: async () => content }
    supplyNative()
    vi.stubEnv('CUBEJS_TRANSPILATION_NATIVE', 'false')
    const { compiler } = prepareCompiler(repository, { adapter: 'duckdb' } as never)
    await compiler.compile()
  }, 60_000)
})

test('every metric and dimension is in the export, or named as lost', async () => {
  const manifest = await manifestOf(PROJECTS[0] ?? '')
  for (const to of ['osi', 'cube'] as const) {
    const { files, losses } = planExport(manifest, to)
    const text = [...files.values()].join('\n')
    for (const { name } of [...manifest.metrics, ...manifest.models.flatMap(({ dimensions }) => dimensions)]) {
      const lost = losses.some(({ object }) => object === `metric:${name}`)
      expect(lost || new RegExp(`name: ${name}\\b`).test(text), `${name} in ${to}`).toBe(true)
    }
  }
})

test.each(['osi', 'cube'] as const)('what %s has no place for is told, protection first', async (to) => {
  const { losses } = planExport(await manifestOf(PROJECTS[0] ?? ''), to)
  expect(losses[0]?.code).toMatch(/AM621[0-3]/)
  await expectJson({ name: `interchange-export-${to}`, dir: '' }, 'losses.json', losses)
})

test('exported to Cube and imported again it means the same but for the listed losses', async () => {
  const source = PROJECTS[0] ?? ''
  const before = await manifestOf(source)
  const { files, losses } = planExport(before, 'cube')
  const [from, dir] = [join(temp, 'cube'), join(temp, 'again')]
  await writeFiles(from, files, false)
  await writeFiles(
    dir,
    new Map([['metrics.config.yml', readFileSync(join(source, 'metrics.config.yml'), 'utf8')]]),
    false,
  )
  cpSync(join(source, 'models'), join(dir, 'models'), { recursive: true })
  const imported = await planImport({ dir, from: 'cube', paths: [from], out: 'metrics' })
  await writeFiles(dir, imported.files, false)
  const after = await manifestOf(dir)
  const lost = new Set([...losses, ...imported.losses].map(({ object }) => object))
  const differences = diffManifests(before, after).filter(({ node }) => !lost.has(node))
  expect(differences.map(({ details, node }) => ({ node, details }))).toEqual([])
})
