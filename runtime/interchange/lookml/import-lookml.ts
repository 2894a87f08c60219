import { parseDocument } from 'yaml'
import type { SemanticModel } from '../../definitions/index.ts'
import type { SourceFile } from '../cube/index.ts'
import {
  assemble,
  createLosses,
  type Draft,
  filled,
  hasTemplate,
  type Lose,
  labelOf,
  nameOf,
  type SqlModel,
  type View,
} from '../draft/index.ts'
import { dimensionsOf } from './dimensions.ts'
import { type FromExplores, readExplores } from './explores.ts'
import { type Block, blocksOf, type Lookml, readLookml, textOf } from './lookml-file.ts'
import { measuresOf } from './measures.ts'
import { columnOf, type Views } from './sql.ts'

/** Views and explores of LookML files as semantic models. */
export function importLookml(files: readonly SourceFile[]): Draft {
  const { lose, list } = createLosses()
  const isPage = ({ path }: SourceFile) => /\.dashboard\.(?:lkml|lookml)$/.test(path)
  const lookml = readLookml(files.filter((file) => !isPage(file)))
  const { views } = lookml
  const explores = readExplores(lookml, lose)
  const sqlModels: SqlModel[] = []
  const imported = [...views].flatMap(([name, view]): View[] => {
    const relation = relationOf(views, name, view, sqlModels, lose)
    if (relation === undefined) return []
    return [{ model: modelOf(views, name, view, relation, explores, lose), measures: measuresOf(views, view, lose) }]
  })
  reportRest(lookml, lose)
  for (const page of files.filter(isPage)) reportDashboards(page, lose)
  return { ...assemble(imported, lose), sqlModels, losses: list(), notes: [] }
}

/** Dashboards of LookML are YAML, and ask in terms of explores that are no more. */
function reportDashboards({ path, text }: SourceFile, lose: Lose) {
  for (const name of dashboardNames(text) ?? [path]) {
    lose(
      'AM6225',
      `dashboard:${name}`,
      'Dashboards are left behind.',
      'Make it anew: in the browser, or in dashboards/.',
    )
  }
}

function dashboardNames(text: string): readonly string[] | null {
  const { errors, contents } = parseDocument(text)
  const list: unknown = errors.length > 0 ? null : contents?.toJSON()
  const pages = (Array.isArray(list) ? list : [list]) as readonly ({ readonly dashboard?: unknown } | null)[]
  const names = pages.flatMap((page) => (typeof page?.dashboard === 'string' ? [page.dashboard] : []))
  return names.length > 0 ? names : null
}

function modelOf(views: Views, name: string, view: Block, relation: string, explores: FromExplores, lose: Lose) {
  const dimensions = dimensionsOf(views, view, lose)
  const times = dimensions.filter(({ type }) => type === 'time').map((dimension) => dimension.name)
  const [time, ...others] = times
  if (others.length > 0) {
    lose(
      'AM6230',
      `view:${name}`,
      `Any of ${times.join(', ')} can be its time there; here grains mean \`${time}\`.`,
      'Set `time_dimension`, or declare a second semantic model for the other time.',
    )
  }
  const nonEmpty = <T>(items: readonly T[] | undefined) =>
    items === undefined || items.length === 0 ? undefined : [...items]
  return filled({
    name: nameOf(name),
    label: labelOf(textOf(view, 'label'), nameOf(name)),
    description: textOf(view, 'description'),
    relation,
    primary_key: primaryKeyOf(views, name, view, lose),
    time_dimension: time,
    joins: nonEmpty(explores.joins.get(name)),
    dimensions: nonEmpty(dimensions),
    access: nonEmpty(explores.access.get(name)),
  }) as SemanticModel
}

function primaryKeyOf(views: Views, name: string, view: Block, lose: Lose): string | undefined {
  const key = Object.entries(blocksOf(view, 'dimension')).find(([, dimension]) => dimension.primary_key === true)?.[0]
  if (key === undefined) return undefined
  const column = columnOf(views, view, key)
  if (column === undefined) {
    lose(
      'AM6226',
      `view:${name}`,
      `Its primary key \`${key}\` is an expression.`,
      'Add one column that identifies a row.',
    )
  }
  return column
}

/** The table of a view, or the SQL model that stands for its derived table; undefined where it depends on who asks. */
function relationOf(views: Views, name: string, view: Block, sqlModels: SqlModel[], lose: Lose): string | undefined {
  const derived = view.derived_table as Block | undefined
  const table = textOf(view, 'sql_table_name')
  const lost = (message: string, hint: string) => {
    const kinds = ['dimension', 'dimension_group', 'measure']
    const fields = kinds.flatMap((kind) => Object.keys(blocksOf(view, kind)))
    lose('AM6224', `view:${name}`, `${message} With it are lost: ${fields.join(', ')}.`, hint)
    return undefined
  }
  if (derived === undefined) {
    if (table !== undefined && hasTemplate(table)) return lost('Its table is chosen by Liquid.', 'Name one table.')
    return table === undefined ? name : table.split('.').slice(-2).join('.').replaceAll(/["`]/g, '')
  }
  const sql = textOf(derived, 'sql')
  if (sql === undefined) return lost('It is a native derived table over an explore.', 'Write it as a SQL model.')
  if (hasTemplate(sql)) return lost('Its derived table is a Liquid template.', 'Write it as a SQL model without it.')
  const persisted = ['persist_for', 'datagroup_trigger', 'sql_trigger_value', 'interval_trigger'].filter(
    (key) => key in derived,
  )
  if (persisted.length > 0) {
    lose(
      'AM6231',
      `view:${name}`,
      `When its table is made anew (${persisted.join(', ')}) is left behind.`,
      'Set `materialized: table` and run `metrics build` on a schedule.',
    )
  }
  sqlModels.push({ name: nameOf(name), sql: withRefs(views, sql) })
  return nameOf(name)
}

function withRefs(views: Views, sql: string): string {
  return sql.replace(/\$\{(\w+)\.SQL_TABLE_NAME\}/g, (text, other: string) => {
    const view = views.get(other)
    if (view === undefined) return text
    return view.derived_table === undefined ? (textOf(view, 'sql_table_name') ?? other) : `{{ref "${nameOf(other)}"}}`
  })
}

function reportRest({ others, views }: Lookml, lose: Lose): void {
  for (const { kind, name } of others) {
    const code =
      kind === 'access_grant' ? 'AM6210' : kind === 'datagroup' ? 'AM6231' : kind === 'test' ? 'AM6232' : 'AM6225'
    lose(
      code,
      `${kind}:${name}`,
      `${kind === 'access_grant' ? 'An' : 'A'} ${kind.replaceAll('_', ' ')} has no counterpart.`,
      HINTS[kind] ?? 'Nothing, unless people miss it.',
    )
  }
  for (const [name, view] of views) {
    for (const kind of ['parameter', 'filter']) {
      for (const field of Object.keys(blocksOf(view, kind))) {
        lose(
          'AM6225',
          `${kind}:${name}.${field}`,
          `A ${kind} that people fill in has no counterpart.`,
          'Use filters of dashboards.',
        )
      }
    }
    for (const set of Object.keys(blocksOf(view, 'set'))) {
      lose(
        'AM6234',
        `set:${name}.${set}`,
        'Sets of fields are left behind.',
        'Declare `detail.columns` for lists of rows.',
      )
    }
    for (const base of (view.extends ?? []) as readonly string[]) {
      if (!views.has(base))
        lose('AM6228', `view:${name}`, `It extends \`${base}\`, which was not given.`, 'Import its file as well.')
    }
  }
}

const HINTS: Readonly<Record<string, string>> = {
  access_grant: 'Hide fields from roles with access rules.',
  datagroup: 'Stored aggregates here follow their data by themselves.',
  test: 'Write a unit test or a data test.',
}
