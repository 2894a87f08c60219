import type { Diagnostic } from '../diagnostics/index.ts'
import type { Locate, Path } from '../documents/index.ts'
import type { AlertsFile } from './schema/alerts.ts'
import type { DashboardsFile } from './schema/dashboards.ts'
import type { MetricsFile } from './schema/metrics.ts'
import type { ModelFrontMatter, ModelsFile } from './schema/models.ts'

export type { Locate, Path }

interface FileOf<K extends string, T> {
  readonly kind: K
  /** Relative to the project, with `/`. */
  readonly file: string
  readonly content: T
  readonly locate: Locate
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
  /** Places in the front matter; the start of the file where there is none. */
  readonly locate: Locate
}

/** Something that was declared but left out because of an error, which has been reported. */
export interface BrokenPart {
  readonly file: string
  /** Where it stood in the file: `semantic_models`, `dimensions`, `metrics`, `access`, `dashboards` …; `file` when it could not be read at all. */
  readonly kind: string
  /** Its name as written, or null. References to it are not worth a second error. */
  readonly name: string | null
  /** Semantic model or dashboard it was part of. */
  readonly owner: string | null
}

export interface LoadedDefinitions {
  readonly files: readonly DefinitionFile[]
  readonly sqlFiles: readonly SqlFile[]
  /** Texts of the templates of reports, by file. */
  readonly templates?: Readonly<Record<string, string>>
  readonly diagnostics: readonly Diagnostic[]
  readonly broken: readonly BrokenPart[]
}
