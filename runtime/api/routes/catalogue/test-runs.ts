import { testsOfMetric } from '../../../catalogue/index.ts'
import type { Manifest } from '../../../compiler/index.ts'
import type { TestResult } from '../../../testing/index.ts'
import type { Services } from '../../services.ts'
import type { CatalogueEntry } from './entries.ts'

interface LastResult {
  readonly result: TestResult
  readonly at: string
  /** The definitions that it says something about. */
  readonly manifest: Manifest
}

export interface TestRuns {
  /** Names of the tests of an entry. */
  of(manifest: Manifest, entry: Pick<CatalogueEntry, 'kind' | 'name'>): readonly string[]
  /** One run at a time: whoever asks meanwhile is answered by the next. */
  run(names: readonly string[]): Promise<void>
  results(manifest: Manifest, names: readonly string[]): readonly TestInfo[]
}

export interface TestInfo {
  readonly name: string
  readonly file: string
  readonly line: number
  /** `unknown` until it was run with the definitions as they are. */
  readonly status: TestResult['status'] | 'unknown'
  readonly reason: string | null
  readonly ranAt: string | null
}

/** Runs unit tests on demand and remembers what became of them. */
export function createTestRuns({ manifest: live, runTests }: Services, now: () => Date = () => new Date()): TestRuns {
  const last = new Map<string, LastResult>()
  let turn: Promise<unknown> = Promise.resolve()
  const runNow = async (names: readonly string[], asked: number) => {
    const manifest = live()
    const open = names.filter((name) => {
      const known = last.get(name)
      return known?.manifest !== manifest || Date.parse(known.at) < asked
    })
    if (open.length === 0) return
    const at = now().toISOString()
    for (const result of await runTests(open)) last.set(result.name, { result, at, manifest })
  }
  return {
    of: (manifest, { kind, name }) =>
      (kind === 'metric' ? testsOfMetric(manifest, name) : []).map(({ name: test }) => test),
    run: (names) => {
      const asked = now().getTime()
      const mine = turn.then(() => runNow(names, asked))
      turn = mine.catch(() => undefined)
      return mine
    },
    results: (manifest, names) =>
      names.flatMap((name) => {
        const test = manifest.tests.find((item) => item.name === name)
        if (test === undefined) return []
        const known = last.get(name)
        const current = known?.manifest === manifest ? known : undefined
        return [
          {
            ...{ name, file: test.source.file, line: test.source.line },
            status: current?.result.status ?? 'unknown',
            reason: current?.result.reason ?? null,
            ranAt: current?.at ?? null,
          },
        ]
      }),
  }
}
