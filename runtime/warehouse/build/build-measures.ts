import type { BuildReport } from './report.ts'

/** What builds of this process took, and what became of each model at its last one. */
export interface BuildMeasures {
  readonly builds: number
  readonly failed: number
  /** Seconds of all builds together. */
  readonly seconds: number
  readonly models: ReadonlyMap<string, ModelMeasures>
}

export interface ModelMeasures {
  /** Seconds of its last build. */
  readonly seconds: number
  /** When it was last brought up to date, in milliseconds; null where that never went well. */
  readonly builtAt: number | null
  readonly failed: boolean
}

export const NO_BUILDS: BuildMeasures = { builds: 0, failed: 0, seconds: 0, models: new Map() }

export function withBuild(before: BuildMeasures, { ok, ms, results }: BuildReport, now: number): BuildMeasures {
  const models = new Map(before.models)
  for (const { name, kind, status, ms: took } of results) {
    if (kind !== 'model') continue
    const isBuilt = status === 'built'
    const builtAt = isBuilt ? now : (models.get(name)?.builtAt ?? null)
    models.set(name, { seconds: took / 1000, builtAt, failed: !isBuilt })
  }
  return {
    builds: before.builds + 1,
    failed: before.failed + (ok ? 0 : 1),
    seconds: before.seconds + ms / 1000,
    models,
  }
}
