import type { Manifest, Relation } from '../../compiler/index.ts'
import { openWarehouse, renderModel, type Warehouse } from '../../warehouse/index.ts'
import { queryColumns } from './query-columns.ts'
import { nodeAt, nodesAt, type SyntaxNode } from './syntax-tree.ts'
import { type Columns, relationTable, type Table } from './table.ts'

export interface ColumnLineage {
  /** Columns of each relation, and for each the columns of other relations and sources it is made of. */
  readonly columns: ReadonlyMap<string, Columns>
  /** Relations whose SQL could not be read. */
  readonly unread: readonly string[]
}

/** What each column of the models is made of, found by DuckDB's own parser. */
export async function columnLineage(manifest: Manifest): Promise<ColumnLineage> {
  const parser = await openWarehouse({ type: 'duckdb', path: ':memory:' })
  try {
    const trees = new Map<string, SyntaxNode>()
    for (const relation of manifest.relations) {
      const tree = await parse(parser, relation)
      if (tree !== undefined) trees.set(relation.name, tree)
    }
    return resolveAll(manifest, trees)
  } finally {
    await parser.close()
  }
}

async function parse(parser: Warehouse, { sql }: Relation): Promise<SyntaxNode | undefined> {
  const rendered = renderModel(sql, {
    ref: (name) => quote(name),
    source: (group, table) => quote(`${group}.${table}`),
    this: quote('this'),
    watermark: () => "TIMESTAMP '0001-01-01'",
    unread: () => 'true',
    incremental: false,
  })
  const { rows } = await parser.query(
    'SELECT json_serialize_sql($1::varchar, skip_null := true, skip_default := true)',
    [rendered.sql],
  )
  const answer: unknown = JSON.parse(String(rows[0]?.[0]))
  const [statement] = nodesAt(answer as SyntaxNode, 'statements')
  return statement === undefined ? undefined : nodeAt(statement, 'node')
}

const quote = (name: string) => `"${name}"`

function resolveAll({ relations, sources }: Manifest, trees: ReadonlyMap<string, SyntaxNode>): ColumnLineage {
  const done = new Map<string, Columns>()
  const isModel = new Set(relations.map(({ name }) => name))
  const isSource = new Set(sources.map(({ group, name }) => `${group}.${name}`))
  const find = (name: string): Table => {
    if (isModel.has(name)) return relationTable(name, name, trees.has(name) ? [...columnsOf(name).keys()] : null)
    return relationTable(isSource.has(name) ? (name.split('.')[1] ?? name) : name, name, null)
  }
  // The compiler refuses circles, so this ends.
  const columnsOf = (name: string): Columns => {
    const known = done.get(name)
    if (known !== undefined) return known
    const tree = trees.get(name)
    const columns: Columns = tree === undefined ? new Map() : queryColumns(tree, find)
    done.set(name, columns)
    return columns
  }
  for (const { name } of relations) columnsOf(name)
  return { columns: done, unread: relations.filter(({ name }) => !trees.has(name)).map(({ name }) => name) }
}
