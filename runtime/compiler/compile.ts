import type { BrokenPart, DefinitionFile, SqlFile } from '../definitions/index.ts'
import { type Diagnostic, inOrder } from '../diagnostics/index.ts'
import { compileAccess } from './access/index.ts'
import { compileConsumers, type Usage } from './consumers/index.ts'
import { compileLineage } from './lineage.ts'
import type { Manifest, ProjectSettings } from './manifest.ts'
import { compileMetrics } from './metrics/index.ts'
import { compileModels, resolveModels } from './models/index.ts'
import {
  type CompileConfig,
  collectDeclarations,
  createReport,
  type Declarations,
  indexBroken,
  type Project,
  type Report,
} from './project/index.ts'
import { compileRelations } from './relations/index.ts'

export interface CompileInput {
  readonly config: CompileConfig
  readonly files: readonly DefinitionFile[]
  readonly sqlFiles: readonly SqlFile[]
  /** What loading left out for errors that it reported. */
  readonly broken?: readonly BrokenPart[]
  /** Texts of templates, by file. */
  readonly templates?: Readonly<Record<string, string>>
  /** `YYYY-MM-DD` */
  readonly today: string
}

export interface CompileResult {
  /** What is sound; broken parts and what depends on them are left out. */
  readonly manifest: Manifest
  readonly diagnostics: readonly Diagnostic[]
}

/** Checks a project and resolves everything in it. Pure: the same input gives the same bytes. */
export function compile(input: CompileInput): CompileResult {
  const { diagnostics, report } = createReport()
  const project = projectOf(input, report)
  const relations = compileRelations(project)
  const models = resolveModels(project, relations)
  const metrics = compileMetrics(project, models)
  const access = compileAccess(project, models, metrics.metrics)
  const semanticModels = compileModels(project, relations, models, metrics.metrics, access)
  const usage: Usage = { metrics: [], dimensions: [] }
  const compiled = {
    models: semanticModels,
    metrics: metrics.metrics,
    stacks: metrics.stacks,
    relations: relations.relations,
    sources: relations.sources,
    ...compileConsumers({ project, models, semanticModels, metrics, usage }),
  }
  const lineage = compileLineage(compiled, usage)
  const manifest = { manifestVersion: 1, project: settingsOf(input.config), ...compiled, lineage } as const
  return { manifest, diagnostics: inOrder(diagnostics) }
}

function projectOf(
  { broken = [], config, files, sqlFiles, templates = {}, today }: CompileInput,
  report: Report,
): Project {
  const declarations = collectDeclarations(files)
  return {
    config,
    today,
    declarations,
    sqlFiles,
    templates,
    broken: indexBroken(broken),
    metricNames: metricNames(declarations),
    report,
  }
}

const metricNames = ({ metrics, semanticModels }: Declarations): ReadonlySet<string> =>
  new Set([
    ...semanticModels.flatMap(({ value }) => (value.metrics ?? []).map(({ name }) => name)),
    ...metrics.map(({ value }) => value.name),
  ])

const settingsOf = ({ name, tenancy, timezone, warehouse, weekStart }: CompileConfig): ProjectSettings => ({
  name,
  dialect: warehouse.type,
  tenantKey: tenancy?.key ?? null,
  timezone,
  weekStart,
})
