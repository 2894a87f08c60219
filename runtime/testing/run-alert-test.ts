import { type Expectation, type Row as Point, testAlert } from '../alerts/index.ts'
import type { CompiledTest, Manifest } from '../compiler/index.ts'
import type { SecurityContext, SemanticLayer } from '../semantic/index.ts'
import type { GivenTables } from './given-tables.ts'
import { givenRows, type Outcome } from './outcome.ts'

/** The points that a test gives, where it gives a series. */
export function seriesOf({ given }: CompiledTest): readonly Point[] | undefined {
  const isSeries = typeof given === 'object' && given !== null && 'series' in given && Array.isArray(given.series)
  return isSeries ? (given as { readonly series: readonly Point[] }).series : undefined
}

/** Runs an alert with a clock of its own over a series, or over rows through the semantic layer. */
export async function judgeAlert(
  test: CompiledTest,
  manifest: Manifest,
  context: SecurityContext,
  world: { readonly tables: GivenTables; readonly layer: SemanticLayer } | undefined,
): Promise<Outcome> {
  const series = seriesOf(test)
  if (series === undefined) await world?.tables.fill(givenRows(test))
  const found = await testAlert({
    manifest,
    alert: test.alert ?? '',
    org: context.org,
    given: series ?? (async (query) => (await world?.layer.query(query, context))?.rows ?? []),
    expect: test.expect as Parameters<typeof testAlert>[0]['expect'],
  })
  const wrong = found.filter(({ actual, expected }) => actual !== expected)
  if (wrong.length === 0) return { status: 'passed' }
  return { status: 'failed', reason: wrong.map(sentence).join(' ') }
}

function sentence({ actual, at, expected, labels, why }: Expectation): string {
  const name = Object.values(labels).join(', ')
  return `At ${at}${name === '' ? '' : ` (${name})`} it was ${actual}, not ${expected}: ${why}`
}
