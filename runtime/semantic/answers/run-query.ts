import { fail, UserError } from '../../diagnostics/index.ts'
import { type QueryResult, SqlError } from '../../warehouse/index.ts'
import type { CompiledSql } from '../cube/compiler.ts'
import type { CubeRequest } from '../cube/cube-request.ts'
import type { Engine } from '../engine.ts'
import type { Served } from './answer.ts'

/** SQL as it runs, and which stored aggregate it reads. */
export interface ReadySql {
  readonly sql: string
  readonly params: readonly unknown[]
  readonly aliasNameToMember: Readonly<Record<string, string>>
  readonly served: Served
}

export interface RunResult extends ReadySql {
  readonly result: QueryResult
}

/** The SQL of a request: from a stored aggregate where one fits and is as new as the data. */
export async function readySql(engine: Engine, view: string, request: CubeRequest): Promise<ReadySql> {
  const { compiler, rollups } = engine
  const compiled = await compiler.sql(request)
  const chosen = await rollups.choose(view, request, compiled.rollup)
  if (compiled.rollup === null) return ready(compiled, compiled.sql, chosen.served)
  if (chosen.table !== null) {
    return ready(compiled, compiled.sql.split(compiled.rollup.table).join(chosen.table), chosen.served)
  }
  const plain = await compiler.sql(request, { withoutRollups: true })
  return ready(plain, plain.sql, chosen.served)
}

export async function runRequest(
  engine: Engine,
  view: string,
  request: CubeRequest,
  signal?: AbortSignal,
): Promise<RunResult> {
  return runReady(engine, request, await readySql(engine, view, request), signal)
}

const ready = ({ params, aliasNameToMember }: CompiledSql, sql: string, served: Served): ReadySql => ({
  sql,
  params,
  aliasNameToMember,
  served,
})

export async function runReady(
  { warehouse, compiler }: Engine,
  request: CubeRequest,
  prepared: ReadySql,
  signal?: AbortSignal,
): Promise<RunResult> {
  const options = signal === undefined ? {} : { signal }
  try {
    return { ...prepared, result: await warehouse.query(prepared.sql, prepared.params, options) }
  } catch (error) {
    // The stored aggregate was replaced between choosing and reading it.
    if (prepared.served.rollup === null || !(error instanceof SqlError) || error.kind !== 'missing')
      return explain(error)
    const plain = await compiler.sql(request, { withoutRollups: true })
    const result = await warehouse.query(plain.sql, plain.params, options).catch(explain)
    return { ...ready(plain, plain.sql, { ...prepared.served, rollup: null }), result }
  }
}

/** What the engine refuses comes from a definition: its SQL, its columns, its types. */
function explain(error: unknown): never {
  if (!(error instanceof SqlError) || error instanceof UserError) throw error
  if (error.kind === 'fatal' || error.kind === 'cancelled' || error.kind === 'conflict' || error.kind === 'other')
    throw error
  return fail('AM4010', `The warehouse refused the query: ${error.message}.`, {
    hint: hintFor(error),
  })
}

/** The engine's own suggestion for a missing table is the most similar name, which has nothing to do with it. */
function hintFor({ kind, message, hint }: SqlError): string {
  if (kind === 'missing' && /\b(table|relation)\b/i.test(message)) return 'Build the models first: `metrics build`.'
  return hint ?? 'Check the SQL of the definitions and run `metrics build`.'
}
