import type { Position } from '../diagnostics/index.ts'
import type { AlertsFile } from './schema/alerts.ts'
import type { DashboardsFile } from './schema/dashboards.ts'
import type { MetricsFile } from './schema/metrics.ts'
import type { ModelFrontMatter, ModelsFile } from './schema/models.ts'

export type Path = readonly (string | number)[]

interface FileOf<K extends string, T> {
  readonly kind: K
  /** Relative to the project, with `/`. */
  readonly file: string
  readonly content: T
  /** Where the value (or with `key`, its key) at `path` stands; the nearest parent where it has no place of its own. */
  readonly locate: (path: Path, of?: 'key' | 'value') => Position
}

/** A file of definitions whose content fits its schema. Parts that did not fit were reported and left out. */
export type DefinitionFile =
  | FileOf<'metrics', MetricsFile>
  | FileOf<'models', ModelsFile>
  | FileOf<'dashboards', DashboardsFile>
  | FileOf<'alerts', AlertsFile>

/** A `models/**\/*.sql` file: its name is that of the relation. */
export interface SqlFile {
  readonly name: string
  readonly file: string
  /** The SQL template without front matter. */
  readonly sql: string
  /** Line of the file on which `sql` starts, from 1. */
  readonly firstLine: number
  readonly settings: ModelFrontMatter
}
