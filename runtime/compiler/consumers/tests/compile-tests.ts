import type { Alert, AlertTest, QueryTest } from '../../../definitions/index.ts'
import { suggest } from '../../../diagnostics/index.ts'
import type { CompiledTest, Located } from '../../manifest.ts'
import { type Declared, inside, items, located, sorted } from '../../project/index.ts'
import type { Catalogue } from '../catalogue.ts'
import { checkTimezone } from '../check-timezone.ts'
import { checkQuestion, nameAt, namesAt, type Question } from '../question.ts'
import { checkGiven } from './check-given.ts'

/** The unit tests that can be run, in order of their files. */
export function compileTests(catalogue: Catalogue, alerts: readonly (Alert & Located)[]): readonly CompiledTest[] {
  const { alertTests, tests } = catalogue.project.declarations
  return [
    ...tests.flatMap((test) => compileQueryTest(catalogue, test)),
    ...alertTests.flatMap((test) => compileAlertTest(catalogue, test, alerts)),
  ]
}

function compileQueryTest(catalogue: Catalogue, declared: Declared<QueryTest>): readonly CompiledTest[] {
  const { as, expect, given, name, query } = declared.value
  const isRefused = !Array.isArray(expect)
  const asked = isRefused || checkQuery(catalogue, declared)
  const fine = [asked, checkGiven(catalogue, inside(declared, ['given'], given), isRefused ? [] : metricsOf(declared))]
  if (!fine.every(Boolean)) return []
  return [{ name, kind: 'query', as: { role: 'admin', ...as }, given, query, expect, ...located(declared) }]
}

const metricsOf = ({ value }: Declared<QueryTest>) => value.query.metrics ?? []

/** A test that expects to be refused may ask for anything. */
function checkQuery(catalogue: Catalogue, declared: Declared<QueryTest>): boolean {
  const { query } = declared.value
  const { by = [], metrics = [] } = query
  if (by.length + metrics.length === 0) {
    catalogue.project.report('AM1606', 'The query asks for nothing.', {
      at: declared.at(['query']),
      hint: 'Add `metrics` or `by`.',
    })
    return false
  }
  const inQuery = inside(declared, ['query'], query)
  const checked = metrics.length === 0 || checkQuestion(catalogue, questionOf(catalogue, inQuery)) !== undefined
  const fine = [checked, checkTimes(catalogue, inQuery), checkExpected(catalogue, declared)]
  return fine.every(Boolean)
}

function questionOf({ project }: Catalogue, declared: Declared<QueryTest['query']>): Question {
  const { by, grain, metrics, order, where } = declared.value
  return {
    declared,
    node: `test:${project.config.name}`,
    metrics: namesAt('metrics', metrics),
    by: namesAt('by', by),
    grain: nameAt('grain', grain)[0],
    where: nameAt('where', where)[0],
    order: namesAt('order', order),
  }
}

function checkTimes({ project }: Catalogue, query: Declared<QueryTest['query']>): boolean {
  const { timezone } = query.value
  const fine = [timezone === undefined || checkTimezone(project, inside(query, ['timezone'], timezone), 'AM1608')]
  for (const key of ['from', 'to'] as const) {
    const text = query.value[key]
    if (text === undefined || (/^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(Date.parse(text)))) continue
    project.report('AM1607', `\`${text}\` is neither a day nor an instant.`, {
      at: query.at([key]),
      hint: 'Write `2026-03-31` or `2026-03-31T09:00:00`.',
    })
    fine.push(false)
  }
  return fine.every(Boolean)
}

/** What is expected of a row is among what is asked. */
function checkExpected({ project }: Catalogue, declared: Declared<QueryTest>): boolean {
  const { expect, query } = declared.value
  if (!Array.isArray(expect)) return true
  const columns = [...(query.metrics ?? []), ...(query.by ?? []), ...(query.grain === undefined ? [] : ['time'])]
  const wrong = expect.flatMap((row, index) =>
    Object.keys(row)
      .filter((key) => !columns.includes(key))
      .map((key) => ({ key, at: declared.at(['expect', index, key], 'key') })),
  )
  for (const { at, key } of wrong) {
    const hint = key === 'time' ? 'Add a `grain` to the query.' : suggest(key, columns)
    project.report('AM1603', `The query does not answer \`${key}\`.`, { at, hint })
  }
  return wrong.length === 0
}

function compileAlertTest(
  catalogue: Catalogue,
  declared: Declared<AlertTest>,
  alerts: readonly (Alert & Located)[],
): readonly CompiledTest[] {
  const { alert, as, expect, given, name } = declared.value
  const { broken, declarations, report } = catalogue.project
  if (!alerts.some((candidate) => candidate.name === alert)) {
    const isBroken = broken.has('alerts', alert) || declarations.alerts.some(({ value }) => value.name === alert)
    if (!isBroken) {
      const hint = suggest(alert, sorted(alerts.map((candidate) => candidate.name))) ?? 'Declare it under `alerts:`.'
      report('AM1605', `There is no alert \`${alert}\`.`, { at: declared.at(['alert']), hint })
    }
    return []
  }
  const rows =
    'series' in given && Array.isArray(given.series)
      ? undefined
      : inside(declared, ['given'], given as QueryTest['given'])
  const fine = [rows === undefined || checkGiven(catalogue, rows, []), checkInstants(catalogue, declared)]
  return fine.every(Boolean)
    ? [{ name, kind: 'alert', as: { role: 'admin', ...as }, alert, given, expect, ...located(declared) }]
    : []
}

function checkInstants({ project }: Catalogue, declared: Declared<AlertTest>): boolean {
  const wrong = items(declared, 'expect', declared.value.expect).filter(({ value }) =>
    Number.isNaN(Date.parse(value.at)),
  )
  for (const expected of wrong) {
    project.report('AM1607', `\`${expected.value.at}\` is no instant.`, {
      at: expected.at(['at']),
      hint: 'Write `2026-03-31T09:00:00Z`.',
    })
  }
  return wrong.length === 0
}
