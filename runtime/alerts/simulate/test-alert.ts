import type { Manifest } from '../../compiler/index.ts'
import type { QueryDefinition } from '../../definitions/index.ts'
import type { Labels, Row } from '../checks/check.ts'
import type { Status } from '../machine/index.ts'
import { createRules } from '../rules.ts'
import { seriesQuery } from './series-query.ts'
import { simulate } from './simulate.ts'

export interface AlertTestInput {
  readonly manifest: Manifest
  readonly alert: string
  readonly org: string | null
  /** Points, or what answers questions. */
  readonly given: readonly Row[] | ((query: QueryDefinition) => Promise<readonly Row[]>)
  readonly expect: readonly ({ readonly at: string; readonly state: string } & Readonly<Record<string, unknown>>)[]
}

export interface Expectation {
  readonly at: string
  readonly labels: Labels
  readonly expected: string
  readonly actual: Status
  readonly why: string
}

const MOST_CHECKS = 5000

/** What an alert would have been at the instants that a test names. */
export async function testAlert({
  alert: name,
  expect,
  given,
  manifest,
  org,
}: AlertTestInput): Promise<readonly Expectation[]> {
  const alert = manifest.alerts.find((candidate) => candidate.name === name)
  // A test of an alert that is switched off says what it would do.
  const rule =
    alert &&
    createRules({ ...manifest, alerts: [{ ...alert, enabled: true }] })
      .of([])
      .get(name)
  if (rule === undefined) throw new Error(`The alert ${name} is not in the manifest.`)
  const { timezone, weekStart } = manifest.project
  const query = typeof given === 'function' ? given : seriesQuery(given, rule, { timezone, weekStart })
  const times = expect.map(({ at }) => Date.parse(at))
  const { every, for: wait, keepFiringFor } = rule.timing
  const starts = typeof given === 'function' ? [] : given.map(({ time }) => Date.parse(String(time)))
  const first = Math.min(...times, ...starts.filter(Number.isFinite)) - 2 * every
  const to = Math.max(...times)
  const from = typeof given === 'function' ? Math.min(...times) - wait - keepFiringFor - 4 * every : first
  const step = Math.max(every, Math.ceil((to - from) / MOST_CHECKS / every) * every)
  const { samples } = await simulate({ rule, org, query, from, to, step })
  return expect.map(({ at, state, ...labels }) => {
    const instant = Date.parse(at)
    const mine = samples.filter((sample) => sample.at <= instant && has(sample.labels, labels))
    const latest = mine.filter((sample) => sample.at === mine.at(-1)?.at)
    const found = latest.find(({ status }) => status !== 'normal') ?? latest.at(-1)
    return {
      at,
      labels: labels as Labels,
      expected: state,
      actual: found?.status ?? 'normal',
      why: found?.text ?? 'It was never seen.',
    }
  })
}

const has = (labels: Labels, wanted: Readonly<Record<string, unknown>>) =>
  Object.entries(wanted).every(([name, value]) => labels[name] === value)
