import type { Manifest } from '../compiler/index.ts'
import { fail } from '../diagnostics/index.ts'
import { exportCube } from './cube/index.ts'
import { createLosses, type Lose, type Loss } from './draft/index.ts'
import { exportOsi } from './osi/index.ts'

export const EXPORTS = ['osi', 'cube'] as const
export type ExportFormat = (typeof EXPORTS)[number]

export interface Exported {
  /** Contents by path. */
  readonly files: ReadonlyMap<string, string>
  readonly losses: readonly Loss[]
}

const WRITERS = { osi: exportOsi, cube: exportCube } as const

/** The compiled project in another format; what it has no place for is a loss. */
export function planExport(manifest: Manifest, to: ExportFormat): Exported {
  if (manifest.models.length === 0) {
    fail('AM6204', 'The project has no semantic models to export.', { hint: 'Declare one in metrics/.' })
  }
  const { list, lose } = createLosses()
  const files = WRITERS[to](manifest, lose)
  reportConsumers(manifest, lose)
  return { files, losses: list() }
}

/** What belongs to no semantic layer but this one. */
function reportConsumers(manifest: Manifest, lose: Lose): void {
  const watching = [
    ['dashboard', manifest.dashboards],
    ['alert', manifest.alerts],
    ['report', manifest.reports],
    ['channel', manifest.channels],
  ] as const
  for (const [kind, list] of watching) {
    for (const { name } of list)
      lose('AM6233', `${kind}:${name}`, 'It has no counterpart there.', 'Keep serving it from here, or make it anew.')
  }
  for (const { name } of manifest.globalFilters) {
    lose('AM6233', `global_filter:${name}`, 'It has no counterpart there.', 'Make it anew in the dashboards there.')
  }
  for (const { name } of manifest.tests)
    lose('AM6232', `test:${name}`, 'Unit tests have no counterpart there.', 'Keep running them here.')
  for (const { name, tests } of manifest.relations) {
    lose('AM6225', `relation:${name}`, 'The SQL that makes the table stays here.', '`metrics build` goes on making it.')
    for (const test of tests)
      lose('AM6232', `test:${test.name}`, 'Data tests have no counterpart there.', 'Keep running them here.')
  }
  for (const { model, steps } of manifest.details) {
    if (steps !== null)
      lose(
        'AM6234',
        `detail:${model}`,
        'How single rows and their steps are shown is left behind.',
        'Keep the pages of records here.',
      )
  }
}
