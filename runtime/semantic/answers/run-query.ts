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
  const { tables, skipped } = await rollups.candidates(view, request)
  const compiled = tables.size === 0 ? null : await compiler.sql(request)
  const match = compiled?.rollup ?? null
  const name = match === null ? '' : `${view}.${match.name}`
  const table = tables.get(name)
  const passed = [...tables.keys()].filter((other) => other !== name).map((rollup) => ({ rollup, reason: PASSED }))
  if (compiled !== null && match !== null && table !== undefined) {
    const sql = compiled.sql.split(match.table).join(table)
    return ready(compiled, sql, { rollup: name, skipped: [...skipped, ...passed] })
  }
  const plain = match === null && compiled !== null ? compiled : await compiler.sql(request, { withoutRollups: true })
  return ready(plain, plain.sql, { rollup: null, skipped: [...skipped, ...passed] })
}

const PASSED = 'another stored aggregate or the relation fits better'

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
