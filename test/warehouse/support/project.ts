import type { Relation, RelationTest, SourceTable } from '../../../runtime/compiler/index.ts'
import { type BuildOptions, type BuildReport, build, type Warehouse } from '../../../runtime/warehouse/index.ts'

type Check = RelationTest['check']

/** A model as the compiler would give it; what it reads is found in its SQL. */
export function model(
  name: string,
  sql: string,
  settings: Partial<Relation> & { readonly key?: string } = {},
): Relation {
  const { key, ...rest } = settings
  return {
    name,
    description: '',
    materialized: 'table',
    refresh: 'real_time',
    uniqueKey: key === undefined ? [] : [key],
    sql,
    refs: [...sql.matchAll(/\{\{ref "(\w+)"\}\}/g)].map(([, ref = '']) => ref),
    sources: [...sql.matchAll(/\{\{source "(\w+)" "(\w+)"\}\}/g)].map(([, group, table]) => `${group}.${table}`),
    columns: [],
    tests: [],
    source: { file: `models/${name}.sql`, line: 1 },
    ...rest,
  }
}

export function test(column: string | null, check: Check, line = 7): RelationTest {
  return { name: `${check.type}_${column}`, column, check, source: { file: 'models/schema.yml', line } }
}

export function source(group: string, name: string, file: string | null = null): SourceTable {
  return { group, name, schema: group, file, source: { file: 'models/sources.yml', line: 4 } }
}

/** Builds models with nothing around them. */
export function buildModels(
  warehouse: Warehouse,
  relations: readonly Relation[],
  options: Partial<Omit<BuildOptions, 'manifest' | 'warehouse'>> & { readonly sources?: readonly SourceTable[] } = {},
): Promise<BuildReport> {
  const { sources = [], ...rest } = options
  return build({ manifest: { relations, sources }, warehouse, projectDir: '/nowhere', ...rest })
}

export const statuses = ({ results }: BuildReport) =>
  Object.fromEntries(results.map(({ name, status }) => [name, status]))
