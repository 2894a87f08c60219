import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTwoFilesPatch } from 'diff'
import type { Manifest } from '../../../compiler/index.ts'
import { dashboardFile } from './dashboard-file.ts'
import { mergeIntoFile } from './merge-file.ts'

export interface ExportedDashboard {
  /** From the project folder. */
  readonly file: string
  /** What it has now; null where it is new. */
  readonly before: string | null
  readonly content: string
  /** A unified diff, as `git apply` takes it; empty where nothing changed. */
  readonly patch: string
  /** Whether a dashboard of the project changes, or a new one is added. */
  readonly kind: 'change' | 'addition'
}

export interface Exported {
  readonly definition: NamedDefinition
  /** The dashboard of the project that it is a copy of, and what of it the person saw. */
  readonly origin: { readonly name: string; readonly seen: object } | null
}

type NamedDefinition = Readonly<Record<string, unknown>> & { readonly name: string }

/** A personal dashboard as a change of the project: of the one it is a copy of, or another one if it has another name. */
export function exportDashboard({ definition, origin }: Exported, dir: string, manifest: Manifest): ExportedDashboard {
  const known = manifest.dashboards.find(({ name }) => name === origin?.name)
  if (origin === null || known === undefined || definition.name !== origin.name) return addition(definition, dir)
  const { file } = known.source
  const before = /\.ya?ml$/.test(file) ? readText(join(dir, file)) : null
  const content = before === null ? null : mergeIntoFile(before, { seen: origin.seen, wanted: definition })
  if (before === null || content === null)
    return addition({ ...definition, ...ownPlace(`${definition.name}_copy`) }, dir)
  return { ...changeOf(file, before, content), kind: 'change' }
}

const ownPlace = (name: string) => ({ name, path: `/${name}` })

/** In a file that nobody has yet: no file is ever replaced. */
function addition(definition: NamedDefinition, dir: string): ExportedDashboard {
  const stem = `dashboards/${definition.name.replaceAll('_', '-')}`
  let file = `${stem}.yml`
  for (let turn = 2; existsSync(join(dir, file)); turn += 1) file = `${stem}-${turn}.yml`
  return { ...changeOf(file, null, dashboardFile(definition)), kind: 'addition' }
}

function changeOf(file: string, before: string | null, content: string): Omit<ExportedDashboard, 'kind'> {
  if (before === content) return { file, before, content, patch: '' }
  const from = before === null ? '/dev/null' : `a/${file}`
  const patch = createTwoFilesPatch(from, `b/${file}`, before ?? '', content, undefined, undefined, {
    headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true },
  })
  return { file, before, content, patch }
}

const readText = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : null)
