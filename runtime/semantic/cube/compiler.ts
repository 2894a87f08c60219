import { CompilerApi } from '@cubejs-backend/server-core/dist/src/core/CompilerApi.js'
import type { ModelFile } from '../cube-model/index.ts'
import type { SecurityContext } from '../security-context.ts'
import type { CubeRequest } from './cube-request.ts'
import type { Guard } from './guard.ts'
import { refused } from './handler-error.ts'
import { supplyNative } from './native.ts'
import type { CubeQueryClass, QueryOptions } from './sql/cube-query.ts'
import type { RollupMatch } from './sql/rollup-matcher.ts'
import { reuseSql } from './sql-templates.ts'

/** The SQL of one query, and the stored aggregate it reads if any. */
export interface CompiledSql {
  readonly sql: string
  readonly params: readonly unknown[]
  readonly rollup: {
    readonly cube: string
    readonly name: string
    readonly table: string
    /** What fills it, where the options ask for this stored aggregate. */
    readonly load: LoadSql | null
  } | null
  readonly aliasNameToMember: Readonly<Record<string, string>>
}
export interface LoadSql {
  readonly sql: string
  readonly params: readonly unknown[]
}

export interface CubeCompiler {
  /** Compiles the whole model; throws where it does not. */
  ready(): Promise<void>
  sql(query: CubeRequest, options?: QueryOptions): Promise<CompiledSql>
  /** What the gateway works with. */
  readonly api: CompilerApi
}

/** Stands for the schema of stored aggregates until the table of a build is put in its place. */
const PLACEHOLDER_SCHEMA = 'rollup__'

/** One compiled data model. `guard` decides, for every query and every listing, what its caller may see. */
export function createCompiler(files: readonly ModelFile[], dialect: CubeQueryClass, guard: Guard): CubeCompiler {
  supplyNative()
  const repository = { localPath: () => '/', dataSchemaFiles: async () => [...files] }
  const api = new GuardedCompiler(repository, guard, dialect)
  const sql = reuseSql((query, options) => compileSql(api, query, options))
  return {
    api,
    ready: async () => {
      await api.getCompilers()
    },
    sql: (query, options = {}) => sql(query, options),
  }
}

interface SqlGenerator {
  buildSqlAndParams(): [string, unknown[]]
  readonly aliasNameToMember: Readonly<Record<string, string>>
  readonly preAggregations: {
    findPreAggregationForQuery(): RollupMatch | undefined
    preAggregationTableName(cube: string, name: string, preAggregation: unknown): string
    preAggregationsDescription(): readonly { readonly loadSql: readonly [string, readonly unknown[]] }[]
  }
}

async function compileSql(api: GuardedCompiler, query: CubeRequest, options: QueryOptions): Promise<CompiledSql> {
  const { sqlGenerator, compilers } = await api.getSqlGenerator({
    ...query,
    ...options,
    // Part of the key under which Cube keeps SQL, unlike the options.
    contextSymbols: { securityContext: options },
  } as never)
  const generator = sqlGenerator as SqlGenerator
  return compilers.compiler.withQuery(sqlGenerator, () => {
    const [sql, params] = generator.buildSqlAndParams()
    const match = generator.preAggregations.findPreAggregationForQuery()
    const rollup = match === undefined ? null : rollupOf(generator, match, options.preAggregationId !== undefined)
    return { sql, params, aliasNameToMember: generator.aliasNameToMember, rollup }
  })
}

function rollupOf(
  generator: SqlGenerator,
  match: RollupMatch & { readonly preAggregation?: unknown },
  toLoad: boolean,
): CompiledSql['rollup'] {
  const { cube, preAggregationName: name } = match
  const table = generator.preAggregations.preAggregationTableName(cube, name, match.preAggregation)
  return { cube, name, table, load: toLoad ? loadSqlOf(generator, `${cube}.${name}`) : null }
}

function loadSqlOf(generator: SqlGenerator, name: string): LoadSql {
  const [description] = generator.preAggregations.preAggregationsDescription()
  if (description === undefined) throw new Error(`${name} has no SQL`)
  const [sql, params] = description.loadSql
  return { sql, params }
}

/** Cube's compiler with our planner settings and our guard in the place of its access policies. */
class GuardedCompiler extends CompilerApi {
  // Not a private name: the gateway works with objects that inherit from this one.
  private readonly guard: Guard

  constructor(repository: ConstructorParameters<typeof CompilerApi>[0], guard: Guard, dialect: CubeQueryClass) {
    super(repository, async () => 'postgres', {
      dialectClass: (() => dialect) as never,
      standalone: false,
      sqlCache: false,
      allowNodeRequire: false,
      // Instants and days as they are: only buckets have a time zone.
      convertTzForRawTimeDimension: false,
      preAggregationsSchema: PLACEHOLDER_SCHEMA,
      logger: () => undefined,
    })
    this.guard = guard
  }

  override createQuery(...[compilers, dbType, dialect, query]: Parameters<CompilerApi['createQuery']>) {
    return super.createQuery(compilers, dbType, dialect, { ...query, useNativeSqlPlanner: false } as never)
  }

  override async applyRowLevelSecurity(
    query: never,
    _evaluated: unknown,
    context: { securityContext: SecurityContext },
  ) {
    const admitted = await this.guard.admit(query, context.securityContext).catch(refused)
    return { query: admitted as never, denied: false }
  }

  protected override async patchVisibilityByAccessPolicy(
    _compilers: never,
    context: { securityContext: SecurityContext },
    cubes: never,
  ) {
    return { cubes: this.guard.visible(cubes, context.securityContext) as never, visibilityMaskHash: null }
  }
}
