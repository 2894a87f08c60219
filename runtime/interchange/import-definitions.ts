import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Manifest } from '../compiler/index.ts'
import { fail } from '../diagnostics/index.ts'
import { checkProject } from '../project/index.ts'
import { importCube, type SourceFile } from './cube/index.ts'
import { type Catalog, importDbt } from './dbt/index.ts'
import { type Draft, type Loss, settle } from './draft/index.ts'
import { importLookml } from './lookml/index.ts'

export const IMPORTS = ['dbt', 'lookml', 'cube'] as const
export type ImportFormat = (typeof IMPORTS)[number]

export interface ImportOptions {
  /** Folder of the project that takes it. */
  readonly dir: string
  readonly from: ImportFormat
  /** Files and folders. */
  readonly paths: readonly string[]
  /** Folder below metrics/, or that. */
  readonly out: string
}

export interface Imported {
  /** Contents by path from the project. */
  readonly files: ReadonlyMap<string, string>
  readonly losses: readonly Loss[]
  readonly notes: readonly string[]
  readonly counts: { readonly models: number; readonly metrics: number; readonly sqlModels: number }
}

/** Reads definitions of another tool and makes ours of them; nothing is written. */
export async function planImport({ dir, from, paths, out }: ImportOptions): Promise<Imported> {
  const { manifest } = await checkProject(dir)
  const draft = inSchema(manifest, await READERS[from](paths, manifest.project.tenantKey))
  if (draft.models.length === 0 && draft.metrics.length === 0) {
    fail('AM6204', `There is nothing to import in ${paths.join(', ')}.`, { hint: NOTHING[from] })
  }
  const heading = `Imported from ${TITLES[from]}: ${paths.map((path) => basename(path)).join(', ')}.`
  const { draft: sound, files } = await settle(dir, draft, out, heading)
  const { losses, metrics, models, notes, sqlModels } = sound
  const simple = models.reduce((sum, model) => sum + (model.metrics?.length ?? 0), 0)
  const counts = { models: models.length, metrics: simple + metrics.length, sqlModels: sqlModels.length }
  return { files, losses, notes, counts }
}

/** Writes planned files; what exists stays unless forced. */
export async function writeFiles(dir: string, files: ReadonlyMap<string, string>, force: boolean): Promise<void> {
  const taken = [...files.keys()].filter((file) => existsSync(join(dir, file)))
  if (taken.length > 0 && !force) {
    fail('AM6203', `${taken.join(', ')} ${taken.length === 1 ? 'exists' : 'exist'} already; nothing was written.`, {
      hint: 'Choose another folder with --out, or write over them with --force.',
    })
  }
  for (const [file, content] of files) {
    await mkdir(dirname(join(dir, file)), { recursive: true })
    await writeFile(join(dir, file), content)
  }
}

/** Tables that are named without a schema lie in the usual one, unless they are made by models/. */
function inSchema({ project, relations }: Manifest, draft: Draft): Draft {
  const made = new Set([...relations, ...draft.sqlModels].map(({ name }) => name))
  const schema = project.dialect === 'duckdb' ? 'main' : 'public'
  const relationOf = (name: string) => (name.includes('.') || made.has(name) ? name : `${schema}.${name}`)
  return { ...draft, models: draft.models.map((model) => ({ ...model, relation: relationOf(model.relation) })) }
}

const TITLES: Readonly<Record<ImportFormat, string>> = { dbt: 'dbt', lookml: 'LookML', cube: 'Cube' }

const NOTHING: Readonly<Record<ImportFormat, string>> = {
  dbt: 'The dbt project needs semantic models; `dbt parse` writes them to target/manifest.json.',
  lookml: 'Name .lkml files with views, or their folder.',
  cube: 'Name YAML files with cubes, or their folder.',
}

type Reader = (paths: readonly string[], tenantKey: string | null) => Promise<Draft>

const READERS: Readonly<Record<ImportFormat, Reader>> = {
  dbt: readDbt,
  lookml: async (paths) => importLookml(await readSources(paths, /\.(?:lkml|lookml)$/)),
  cube: async (paths, tenantKey) => importCube(await readSources(paths, /\.(?:ya?ml|[cm]?js|ts)$/), tenantKey),
}

/** Files by name, folders with all that is below them. */
async function readSources(paths: readonly string[], pattern: RegExp): Promise<readonly SourceFile[]> {
  const files = await Promise.all(
    paths.map(async (path) => {
      const found = await stat(path).catch(() => fail('AM6201', `There is no ${path}.`, { hint: 'Check the path.' }))
      if (!found.isDirectory()) return [path]
      const entries = await readdir(path, { recursive: true })
      const own = entries.filter((entry) => pattern.test(entry) && !/(^|\/)(node_modules|\.)/.test(entry)).sort()
      return own.map((entry) => join(path, entry))
    }),
  )
  return Promise.all(files.flat().map(async (path) => ({ path: basename(path), text: await readFile(path, 'utf8') })))
}

async function readDbt(paths: readonly string[]): Promise<Draft> {
  const [path = '.', ...others] = paths
  if (others.length > 0) fail('AM6202', 'One manifest is imported at a time.', { hint: 'Give one path.' })
  const candidates = [path, join(path, 'manifest.json'), join(path, 'target/manifest.json')]
  const file = candidates.find((candidate) => candidate.endsWith('.json') && existsSync(candidate))
  if (file === undefined) {
    fail('AM6201', `There is no manifest.json at ${path}.`, {
      hint: 'Run `dbt parse`, then give target/manifest.json.',
    })
  }
  return importDbt(await readFile(file, 'utf8'), file, await readCatalog(join(dirname(file), 'catalog.json')))
}

async function readCatalog(file: string): Promise<Catalog> {
  if (!existsSync(file)) return {}
  const { nodes = {} } = JSON.parse(await readFile(file, 'utf8')) as { nodes?: Catalog }
  return nodes
}
