import type { CompiledTest, Manifest } from '../compiler/index.ts'
import { type Diagnostic, diagnostic, fail, UserError } from '../diagnostics/index.ts'
import { createSemanticLayer, type SecurityContext, type SemanticLayer } from '../semantic/index.ts'
import { openWarehouse } from '../warehouse/index.ts'
import { compareRows, isSame, type RowsDiff } from './compare-rows.ts'
import { createGivenTables, type Given, type GivenTables, type Row } from './given-tables.ts'
import { givenRows, type Outcome } from './outcome.ts'
import { judgeAlert, seriesOf } from './run-alert-test.ts'

export interface TestResult extends Outcome {
  readonly name: string
  readonly file: string
  readonly line: number
  readonly ms: number
}

/** Runs the tests of a manifest compiled for DuckDB, in memory, through the semantic layer as every query goes. */
export async function runTests(
  manifest: Manifest,
  tests: readonly CompiledTest[],
  onResult: (result: TestResult) => void = () => undefined,
): Promise<readonly TestResult[]> {
  const results: TestResult[] = []
  const note = (result: TestResult) => {
    results.push(result)
    onResult(result)
  }
  const needsTables = tests.filter((test) => test.kind === 'query' || seriesOf(test) === undefined)
  if (needsTables.length === 0) {
    for (const test of tests) note(await runTest(test, manifest, undefined))
    return results
  }
  const warehouse = await openWarehouse({ type: 'duckdb', path: ':memory:' })
  const layer = await createSemanticLayer({ manifest, warehouse })
  try {
    const tables = await createGivenTables(warehouse, manifest, needsTables.map(givenRows))
    for (const test of tests) note(await runTest(test, manifest, { tables, layer }))
    return results
  } finally {
    await layer.close()
    await warehouse.close()
  }
}

/** Tables with the given rows, and the layer that answers from them. */
interface World {
  readonly tables: GivenTables
  readonly layer: SemanticLayer
}

async function runTest(test: CompiledTest, manifest: Manifest, world: World | undefined): Promise<TestResult> {
  const start = performance.now()
  const outcome = test.kind === 'alert' ? await runAlert(test, manifest, world) : await judge(test, manifest, world)
  const { file, line } = test.source
  return { name: test.name, file, line, ms: performance.now() - start, ...outcome }
}

async function runAlert(test: CompiledTest, manifest: Manifest, world: World | undefined): Promise<Outcome> {
  const isSeries = seriesOf(test) !== undefined
  const context = contextOf(
    isSeries ? { ...test, given: {}, as: { ...test.as, org: test.as.org ?? 'test' } } : test,
    manifest,
  )
  return judgeAlert(test, manifest, context, world)
}

async function judge(test: CompiledTest, manifest: Manifest, world: World | undefined): Promise<Outcome> {
  if (world === undefined) throw new Error('A query needs tables.')
  const { layer, tables } = world
  const wanted = errorOf(test.expect)
  try {
    await tables.fill(givenRows(test))
    const { rows } = await layer.query(test.query ?? {}, contextOf(test, manifest))
    if (wanted !== undefined)
      return failed(`The query was answered with ${rows.length} rows; it must be refused: ${wanted}`)
    const diff = compareRows(
      test.expect as readonly Row[],
      rows as readonly Row[],
      (test.query?.order ?? []).length > 0,
    )
    return isSame(diff) ? { status: 'passed' } : { ...failed(reasonOf(diff)), diff }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    if (wanted === undefined)
      return { ...failed(`The query was refused: ${error.message}`), diagnostics: error.diagnostics }
    const isWanted = error.diagnostics.some(({ code, message }) => code === wanted || message.includes(wanted))
    return isWanted
      ? { status: 'passed' }
      : failed(`It was refused for another reason than ${wanted}: ${error.message}`)
  }
}

function failed(reason: string): Outcome & { status: 'failed' } {
  return { status: 'failed', reason }
}

function reasonOf({ missing, extra, disordered }: RowsDiff): string {
  if (disordered) return 'The rows are right, their order is not.'
  return `${missing.length} expected rows are missing, ${extra.length} rows were not expected.`
}

function contextOf({ as, given, name }: CompiledTest, { project }: Manifest): SecurityContext {
  const { org, role, user, attributes } = as
  const tenant = project.tenantKey === null ? null : (org ?? onlyOrg(given as Given, project.tenantKey, name))
  return { org: tenant, role: role ?? 'admin', user: user ?? null, attributes: attributes ?? {} }
}

function onlyOrg(given: Given, key: string, name: string): string {
  const orgs = new Set(Object.values(given).flatMap((rows) => rows.map((row) => row[key] ?? null)))
  const [org] = orgs
  if (orgs.size === 1 && typeof org === 'string') return org
  return fail('AM1651', `The test '${name}' has rows of ${orgs.size} tenants and does not say who asks.`, {
    hint: 'Add: as: { org: …, role: admin }',
  })
}

function errorOf(expected: unknown): string | undefined {
  if (typeof expected !== 'object' || expected === null || Array.isArray(expected)) return undefined
  return 'error' in expected ? String(expected.error) : undefined
}

/** The failed tests as diagnostics at their place. */
export function testDiagnostics(results: readonly TestResult[]): readonly Diagnostic[] {
  return results
    .filter(({ status }) => status === 'failed')
    .map(({ name, file, line, reason }) =>
      diagnostic('AM1652', `Test failed: ${name}. ${reason ?? ''}`, { at: { file, line, column: 1 } }),
    )
}
