import type { Relation, RelationTest, SourceTable } from '../../compiler/index.ts'
import { normalSql } from '../normal-sql.ts'
import type { Names } from '../renames.ts'
import { type FactEntry, type Facts, factsOf } from './fact.ts'

export function relationFacts(relation: Relation, names: Names): Facts {
  const test = { added: 'addition', removed: 'values', changed: 'values' } as const
  return factsOf([
    ['sql', 'SQL', normalSql(renamedRefs(relation.sql, names)), 'values'],
    ['materialized', 'materialization', relation.materialized, 'cosmetic'],
    ['unique key', 'unique key', relation.uniqueKey.join(', '), 'breaking'],
    ['description', 'description', relation.description, 'cosmetic'],
    ...relation.columns.map(
      ({ name, description }): FactEntry => [
        `column ${name}`,
        `column ${name}`,
        description === '' ? 'declared' : description,
        { added: 'addition', removed: 'values', changed: 'cosmetic' },
      ],
    ),
    ...relation.tests.map(
      (item): FactEntry => [`test ${item.column ?? ''} ${checkText(item)}`, 'data test', testText(item), test],
    ),
  ])
}

const renamedRefs = (sql: string, names: Names) =>
  sql.replace(/(\{\{\s*ref\s+["'])(\w+)(["']\s*\}\})/g, (_all, head: string, name: string, tail: string) => {
    return `${head}${names.relation(name)}${tail}`
  })

const testText = (test: RelationTest) =>
  test.column === null ? checkText(test) : `${checkText(test)} of ${test.column}`

function checkText({ check }: RelationTest): string {
  if (check.type === 'accepted_values') return `accepted values ${check.values.join(', ')}`
  if (check.type === 'relationships') return `relationship to ${check.to}.${check.toColumn}`
  return check.type === 'sql' ? normalSql(check.sql) : check.type.replace('_', ' ')
}

export function sourceFacts({ schema, name, file }: SourceTable): Facts {
  return factsOf([
    ['table', 'table', `${schema}.${name}`, 'values'],
    ['file', 'file', file, 'values'],
  ])
}
