import type { DataTest, ModelFrontMatter } from '../../definitions/index.ts'
import { type Position, suggest } from '../../diagnostics/index.ts'
import type { RelationTest } from '../manifest.ts'
import type { Project } from '../project/index.ts'
import { placeIn, type RelationNode } from './relation-node.ts'
import { parseTemplate } from './template.ts'

interface DeclaredTest {
  readonly test: DataTest
  readonly column: string | null
  readonly at: Position
}

/** The data tests of a model; those with a mistake are reported and left out. */
export function compileDataTests(
  project: Project,
  node: RelationNode,
  relations: ReadonlySet<string>,
): readonly RelationTest[] {
  const taken = new Map<string, number>()
  return declaredTests(node).flatMap((declared) => {
    const check = checkOf(project, node, declared, relations)
    if (check === undefined) return []
    const name = [typeOf(declared.test), node.name, declared.column].filter(Boolean).join('_')
    const count = (taken.get(name) ?? 0) + 1
    taken.set(name, count)
    const source = { file: declared.at.file, line: declared.at.line }
    return [{ name: count === 1 ? name : `${name}_${count}`, column: declared.column, check, source }]
  })
}

/** Tests of the front matter win over those of YAML, as all its settings do. */
function declaredTests({ settings, sqlFile, yaml }: RelationNode): readonly DeclaredTest[] {
  const at = (key: keyof ModelFrontMatter, path: readonly (string | number)[]): Position =>
    yaml === null || sqlFile.settings[key] !== undefined ? placeIn(sqlFile, 1, 1) : yaml.at([key, ...path])
  const ofRelation = (settings.tests ?? []).map((test, index) => ({ test, column: null, at: at('tests', [index]) }))
  const ofColumns = (settings.columns ?? []).flatMap(({ name, tests = [] }, column) =>
    tests.map((test, index) => ({ test, column: name, at: at('columns', [column, 'tests', index]) })),
  )
  return [...ofRelation, ...ofColumns]
}

function checkOf(
  project: Project,
  node: RelationNode,
  { test, column, at }: DeclaredTest,
  relations: ReadonlySet<string>,
): RelationTest['check'] | undefined {
  if (typeof test === 'string') {
    if (column !== null) return { type: test }
    project.report('AM1417', `\`${test}\` needs a column.`, { at, hint: 'Put it under `tests:` of a column.' })
    return undefined
  }
  if ('sql' in test) return sqlCheck(project, node, test.sql, at, relations)
  if (column === null) {
    project.report('AM1417', `\`${typeOf(test)}\` needs a column.`, { at, hint: 'Put it under `tests:` of a column.' })
    return undefined
  }
  if ('accepted_values' in test) return acceptedValues(project, test.accepted_values, at)
  const { to, column: toColumn } = test.relationships
  if (!relations.has(to)) {
    project.report('AM1413', `There is no model \`${to}\` that this could relate to.`, {
      at,
      hint: suggest(to, relations),
    })
    return undefined
  }
  return { type: 'relationships', to, toColumn }
}

function acceptedValues(project: Project, values: readonly (string | number | boolean)[], at: Position) {
  if (values.length > 0) return { type: 'accepted_values' as const, values }
  project.report('AM1415', '`accepted_values` names no value, so every row would fail.', {
    at,
    hint: 'Name the values.',
  })
  return undefined
}

function sqlCheck(
  project: Project,
  node: RelationNode,
  sql: string,
  at: Position,
  relations: ReadonlySet<string>,
): RelationTest['check'] | undefined {
  const { problems, refs } = parseTemplate(sql)
  for (const { code, message, hint } of problems) project.report(code, message, { at, hint })
  const unknown = refs.filter(({ name }) => !relations.has(name))
  for (const { name } of unknown) {
    project.report('AM1404', `There is no model \`${name}\`.`, { at, hint: suggest(name, relations) })
  }
  if (!/\{\{\s*this\s*\}\}/.test(sql) && problems.length === 0) {
    project.report('AM1416', `The test does not read \`{{this}}\`, so it does not look at \`${node.name}\`.`, {
      at,
      hint: 'Write `select * from {{this}} where …`.',
    })
  }
  return problems.length === 0 && unknown.length === 0 ? { type: 'sql', sql } : undefined
}

const typeOf = (test: DataTest): string => (typeof test === 'string' ? test : (Object.keys(test)[0] ?? 'sql'))
