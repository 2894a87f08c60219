import { fail } from '../../diagnostics/index.ts'

/** The parts of dbt's manifest.json (v12) that matter here. */
export interface DbtManifest {
  readonly semanticModels: readonly DbtSemanticModel[]
  readonly metrics: readonly DbtMetric[]
  readonly nodes: Readonly<Record<string, DbtNode>>
  readonly savedQueries: readonly DbtNamed[]
  readonly exposures: readonly DbtNamed[]
}

interface DbtNamed {
  readonly name: string
}

export interface DbtNode {
  readonly database?: string | null
  readonly schema?: string
  readonly alias?: string
  readonly name: string
  readonly description?: string
  readonly resource_type?: string
  readonly columns?: Readonly<Record<string, { readonly name: string; readonly data_type?: string | null }>>
}

interface Described {
  readonly name: string
  readonly label?: string | null
  readonly description?: string | null
}

export interface DbtSemanticModel extends Described {
  readonly node_relation: {
    readonly alias: string
    readonly schema_name: string
    readonly database?: string | null
  } | null
  readonly defaults?: { readonly agg_time_dimension?: string | null } | null
  readonly primary_entity?: string | null
  readonly entities?: readonly DbtEntity[]
  readonly dimensions?: readonly DbtDimension[]
  readonly measures?: readonly DbtMeasure[]
  readonly depends_on?: { readonly nodes?: readonly string[] }
  readonly config?: { readonly meta?: Meta } | null
}

type Meta = Readonly<Record<string, unknown>>

export interface DbtEntity extends Described {
  readonly type: 'primary' | 'foreign' | 'unique' | 'natural'
  readonly expr?: string | null
}

export interface DbtDimension extends Described {
  readonly type: 'categorical' | 'time'
  readonly expr?: string | null
  readonly type_params?: { readonly time_granularity?: string | null; readonly validity_params?: unknown } | null
}

interface Aggregated {
  readonly agg: string
  readonly agg_params?: {
    readonly percentile?: number | null
    readonly use_discrete_percentile?: boolean
    readonly use_approximate_percentile?: boolean
  } | null
  readonly agg_time_dimension?: string | null
  readonly non_additive_dimension?: { readonly name: string; readonly window_choice?: string } | null
}

export interface DbtMeasure extends Described, Aggregated {
  readonly expr?: string | null
}

export interface DbtFilter {
  readonly where_filters?: readonly { readonly where_sql_template: string }[]
}

interface Filling {
  readonly fill_nulls_with?: number | null
  readonly join_to_timespine?: boolean | null
}

export interface DbtMeasureInput extends Filling {
  readonly name: string
  readonly filter?: DbtFilter | null
}

interface DbtWindow {
  readonly count: number
  readonly granularity: string
}

export interface DbtMetricInput {
  readonly name: string
  readonly filter?: DbtFilter | null
  readonly alias?: string | null
  readonly offset_window?: DbtWindow | null
  readonly offset_to_grain?: string | null
}

interface DbtAccumulation {
  readonly window?: DbtWindow | null
  readonly grain_to_date?: string | null
  readonly period_agg?: string | null
  readonly metric?: DbtMetricInput | null
}

export interface DbtMetric extends Described {
  readonly type: string
  readonly type_params: Filling & {
    readonly measure?: DbtMeasureInput | null
    readonly numerator?: DbtMetricInput | null
    readonly denominator?: DbtMetricInput | null
    readonly expr?: string | null
    readonly metrics?: readonly DbtMetricInput[] | null
    readonly window?: DbtWindow | null
    readonly grain_to_date?: string | null
    readonly cumulative_type_params?: DbtAccumulation | null
    readonly metric_aggregation_params?: (Aggregated & { readonly semantic_model: string }) | null
    readonly is_private?: boolean | null
  }
  readonly filter?: DbtFilter | null
  readonly time_granularity?: string | null
  readonly tags?: readonly string[]
  readonly meta?: Meta
  readonly config?: { readonly meta?: Meta } | null
}

/** Reads the text of a manifest.json, of dbt 1.8 and newer. */
export function parseManifest(text: string, file: string): DbtManifest {
  const json = parseJson(text, file)
  const version = /manifest\/v(\d+)\.json$/.exec(String(json.metadata?.dbt_schema_version ?? ''))?.[1]
  if (version === undefined) {
    fail('AM6202', `${file} is not a manifest of dbt: \`metadata.dbt_schema_version\` does not say so.`, {
      hint: 'Give target/manifest.json, which `dbt parse` writes.',
    })
  }
  if (Number(version) < 12) {
    fail('AM6202', `${file} is a manifest of version ${version}; version 12 is read.`, {
      hint: 'Parse the project with dbt 1.8 or newer.',
    })
  }
  return {
    semanticModels: sorted(json.semantic_models) as readonly DbtSemanticModel[],
    metrics: sorted(json.metrics) as readonly DbtMetric[],
    nodes: (json.nodes ?? {}) as Readonly<Record<string, DbtNode>>,
    savedQueries: sorted(json.saved_queries),
    exposures: sorted(json.exposures),
  }
}

interface ManifestJson {
  readonly metadata?: { readonly dbt_schema_version?: unknown }
  readonly [key: string]: unknown
}

function parseJson(text: string, file: string): ManifestJson {
  try {
    return JSON.parse(text) as ManifestJson
  } catch (error) {
    return fail('AM6202', `${file} is not JSON: ${error instanceof Error ? error.message : error}.`, {
      hint: 'Write it again with `dbt parse`.',
    })
  }
}

const sorted = (nodes: unknown): readonly DbtNamed[] =>
  Object.values((nodes ?? {}) as Record<string, DbtNamed>).sort((a, b) => (a.name < b.name ? -1 : 1))
