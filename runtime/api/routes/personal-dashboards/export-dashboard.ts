import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTwoFilesPatch } from 'diff'
import type { Manifest } from '../../../compiler/index.ts'
import type { PersonalDashboardRow } from '../../../store/index.ts'
import { dashboardFile } from './dashboard-file.ts'
import { mergeIntoFile } from './merge-file.ts'

export interface ExportedDashboard {
  /** From the project folder. */
  readonly file: string
  readonly content: string
  /** A unified diff, as `git apply` takes it. */
  readonly patch: string
}

/** A personal dashboard as a change of the project: of the file that it is a copy of, or of a new one. */
export function exportDashboard({ definition, origin }: PersonalDashboardRow, dir: string, manifest: Manifest) {
  const named = definition as { readonly name: string }
  const source = origin === null ? undefined : manifest.dashboards.find(({ name }) => name === origin)?.source.file
  const own = `dashboards/${named.name.replaceAll('_', '-')}.yml`
  const isYaml = source !== undefined && /\.ya?ml$/.test(source)
  const before = isYaml ? readText(join(dir, source)) : null
  const merged = before === null ? null : mergeIntoFile(before, origin ?? '', named)
  if (merged === null || !isYaml) return changeOf(own, readText(join(dir, own)), dashboardFile(named))
  return changeOf(source, before, merged)
}

function changeOf(file: string, before: string | null, content: string): ExportedDashboard {
  const from = before === null ? '/dev/null' : `a/${file}`
  const patch = createTwoFilesPatch(from, `b/${file}`, before ?? '', content, undefined, undefined, {
    headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true },
  })
  return { file, content, patch }
}

const readText = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : null)
