import { suggest } from '../../diagnostics/index.ts'
import type { Project } from '../project/index.ts'
import { placeAtOffset, placeIn, type RelationNode } from './relation-node.ts'
import { checkShape, findTables } from './sql-shape.ts'
import type { TemplatePlace } from './template-problem.ts'

export interface RelationNames {
  readonly relations: ReadonlySet<string>
  /** `group.table` */
  readonly sources: ReadonlySet<string>
}

/** Reports what is wrong with a model by itself and with what it refers to; true where it can be built. */
export function checkRelation(project: Project, node: RelationNode, names: RelationNames): boolean {
  const sound = [
    checkTemplate(project, node),
    checkUnread(project, node),
    checkRefs(project, node, names),
    checkSources(project, node, names),
  ]
  warnAboutTables(project, node, names)
  warnAboutKey(project, node)
  return sound.every(Boolean)
}

function checkTemplate({ report }: Project, { sqlFile, template }: RelationNode): boolean {
  for (const problem of template.problems) {
    report(problem.code, problem.message, { at: place(sqlFile, problem), hint: problem.hint })
  }
  const shape = template.problems.length > 0 ? undefined : checkShape(sqlFile.sql)
  if (shape !== undefined) {
    report('AM1410', shape.message, { at: placeAtOffset(sqlFile, shape.offset, shape.length), hint: shape.hint })
  }
  return template.problems.length === 0 && shape === undefined
}

/** What is known of a row is its key. */
function checkUnread({ report }: Project, { name, settings, sqlFile, template }: RelationNode): boolean {
  if (settings.unique_key !== undefined) return true
  for (const unread of template.unread) {
    report('AM1409', `\`unread\` knows rows by their \`unique_key\`, which \`${name}\` does not have.`, {
      at: place(sqlFile, unread),
      hint: 'Name the column, or the columns, that identify a row.',
    })
  }
  return template.unread.length === 0
}

function checkRefs(project: Project, node: RelationNode, { relations }: RelationNames): boolean {
  const unknown = node.template.refs.filter(({ name }) => !relations.has(name))
  for (const ref of unknown) {
    if (project.broken.has('models', ref.name)) continue
    const hint = suggest(
      ref.name,
      [...relations].filter((name) => name !== node.name),
    )
    project.report('AM1404', `There is no model \`${ref.name}\`.`, {
      at: place(node.sqlFile, ref),
      hint:
        hint ?? `Write models/${ref.name}.sql, or read a table of the warehouse with \`{{source "group" "table"}}\`.`,
    })
  }
  return unknown.length === 0
}

function checkSources(project: Project, node: RelationNode, { sources }: RelationNames): boolean {
  const unknown = node.template.sources.filter(({ group, name }) => !sources.has(`${group}.${name}`))
  for (const source of unknown) {
    if (project.broken.has('sources', source.group)) continue
    project.report('AM1405', `There is no source table \`${source.group}.${source.name}\`.`, {
      at: place(node.sqlFile, source),
      hint: suggestSource(`${source.group}.${source.name}`, sources),
    })
  }
  return unknown.length === 0
}

function suggestSource(wanted: string, sources: ReadonlySet<string>): string {
  const hint = suggest(wanted, sources)
  return hint ?? 'Declare it under `sources:` in a YAML file of models/.'
}

function warnAboutTables({ report }: Project, node: RelationNode, { relations }: RelationNames): void {
  for (const table of findTables(node.sqlFile.sql)) {
    const name = [...relations].find((relation) => relation.toLowerCase() === table.text.toLowerCase())
    if (name === undefined || name === node.name) continue
    report('AM1414', `Model \`${name}\` is read by its bare name, so it may not be built before this one.`, {
      at: placeAtOffset(node.sqlFile, table.start, table.text.length),
      hint: `Write \`{{ref "${name}"}}\`.`,
    })
  }
}

function warnAboutKey({ report }: Project, { name, settings, sqlFile, yaml }: RelationNode): void {
  if (settings.materialized !== 'incremental' || settings.unique_key !== undefined) return
  report('AM1411', `The incremental model \`${name}\` has no \`unique_key\`: rows that come again are doubled.`, {
    at: yaml?.value.materialized === undefined ? placeIn(sqlFile, 1, 1) : yaml.at(['materialized']),
    hint: 'Name the column, or the columns, that identify a row.',
  })
}

const place = (file: RelationNode['sqlFile'], { line, column, endLine, endColumn }: TemplatePlace) =>
  placeIn(
    file,
    line,
    column,
    endLine === undefined || endColumn === undefined ? undefined : { line: endLine, column: endColumn },
  )
