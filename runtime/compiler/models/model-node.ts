import type { Dimension, DimensionType, SemanticModel } from '../../definitions/index.ts'
import { oneOf, suggest } from '../../diagnostics/index.ts'
import { sqlColumns } from '../expression/index.ts'
import { checkName, type Declared, isName, items, type Project, reportTwice, uniqueByName } from '../project/index.ts'
import type { RelationSet } from '../relations/index.ts'

/** A semantic model with its dimensions, before anything in them is resolved. */
export interface ModelNode {
  readonly name: string
  readonly declared: Declared<SemanticModel>
  readonly dimensions: ReadonlyMap<string, DimensionNode>
  /** True where rows carry the tenant column. */
  readonly tenant: boolean
  /** Column, or null. */
  readonly primaryKey: string | null
}

export interface DimensionNode {
  readonly name: string
  readonly model: string
  readonly type: DimensionType
  readonly public: boolean
  /** Null where it was not declared: the primary key and the tenant column. */
  readonly declared: Declared<Dimension> | null
}

/** Every semantic model that can be worked with, by name. */
export function declareModels(project: Project, relations: RelationSet): ReadonlyMap<string, ModelNode> {
  const unique = uniqueByName(project.report, 'AM1201', 'Semantic model', project.declarations.semanticModels)
  const nodes = new Map<string, ModelNode>()
  for (const [name, declared] of unique) {
    const fine = [checkName(project.report, 'semantic model', declared), checkRelationOf(project, declared, relations)]
    const node = nodeOf(project, declared)
    warnAboutKeys(project, node)
    if (checkTenant(project, node, relations) && fine.every(Boolean)) nodes.set(name, node)
  }
  return nodes
}

function nodeOf(project: Project, declared: Declared<SemanticModel>): ModelNode {
  const { name, primary_key: primaryKey = null, shared } = declared.value
  const tenantKey = project.config.tenancy?.key ?? null
  const tenant = tenantKey !== null && shared !== true
  const dimensions = declareDimensions(project, declared)
  const implicit = (column: string | null, isPublic: boolean) => {
    if (column === null || dimensions.has(column) || !isName(column) || column === 'time' || column.includes('__'))
      return
    dimensions.set(column, { name: column, model: name, type: 'string', public: isPublic, declared: null })
  }
  if (tenant) implicit(tenantKey, false)
  implicit(primaryKey, true)
  return { name, declared, dimensions, tenant, primaryKey }
}

function declareDimensions(project: Project, model: Declared<SemanticModel>): Map<string, DimensionNode> {
  const dimensions = new Map<string, DimensionNode & { readonly declared: Declared<Dimension> }>()
  for (const declared of items(model, 'dimensions', model.value.dimensions)) {
    const { name, type } = declared.value
    const first = dimensions.get(name)
    if (first !== undefined) reportTwice(project.report, 'AM1202', 'Dimension', declared, first.declared)
    else if (checkName(project.report, 'dimension', declared)) {
      dimensions.set(name, { name, model: model.value.name, type, public: true, declared })
    }
    checkValues(project, declared)
    checkLooks(project, declared)
  }
  return new Map(dimensions)
}

/** A key names a column; a dimension of that name over another column is then not what is meant. */
function warnAboutKeys({ report }: Project, { declared, dimensions, primaryKey }: ModelNode): void {
  const keys = (declared.value.joins ?? []).map(({ on }, index) => ({
    column: typeof on === 'string' ? on : on.left,
    path: ['joins', index, 'on', ...(typeof on === 'string' ? [] : ['left'])],
  }))
  const all = primaryKey === null ? keys : [{ column: primaryKey, path: ['primary_key'] }, ...keys]
  for (const { column, path } of all) {
    const sql = dimensions.get(column)?.declared?.value.sql
    if (sql === undefined || sqlColumns(sql).includes(column)) continue
    report('AM1237', `\`${column}\` is the column of that name here, and not the dimension, which reads ${sql}.`, {
      at: declared.at(path),
      hint: 'Where the column has another name write that; else give the dimension another one.',
    })
  }
}

function checkRelationOf(project: Project, declared: Declared<SemanticModel>, relations: RelationSet): boolean {
  const { relation } = declared.value
  if (relations.names.has(relation)) return !relations.isBroken(relation)
  if (/^[\w$]+\.[\w$]+(\.[\w$]+)?$/.test(relation)) return true
  if (project.broken.has('models', relation)) return false
  const near = suggest(relation, relations.names, 6)
  project.report('AM1204', `There is no model \`${relation}\` that \`${declared.value.name}\` could read.`, {
    at: declared.at(['relation']),
    hint: `${near ?? `Write models/${relation}.sql.`} A table of the warehouse is written \`schema.table\`.`,
  })
  return false
}

function checkTenant({ config, report }: Project, node: ModelNode, relations: RelationSet): boolean {
  const key = config.tenancy?.key
  if (key === undefined || !node.tenant) return true
  const { relation } = node.declared.value
  if (node.dimensions.get(key)?.declared || relations.mayHave(relation, key) || relations.isBroken(relation))
    return true
  if (!relations.names.has(relation) && !relation.includes('.')) return true
  const isModel = relations.names.has(relation)
  const lack = isModel ? 'has no column' : 'is not known to have a column'
  const remedy = isModel ? `Add \`${key}\` to its SELECT` : `List \`${key}\` in the \`columns\` of its source`
  report('AM1210', `\`${relation}\` ${lack} \`${key}\`, so the rows of \`${node.name}\` belong to no tenant.`, {
    at: node.declared.at(['name']),
    hint: `${remedy}, or declare a dimension \`${key}\` with the SQL that gives it, or say \`shared: true\` where everyone may see all rows.`,
  })
  return false
}

const TYPE_OF_VALUES: Partial<Record<DimensionType, string>> = {
  string: 'string',
  number: 'number',
  boolean: 'boolean',
}

function checkValues({ report }: Project, declared: Declared<Dimension>): void {
  const { name, type, values = [] } = declared.value
  const wanted = TYPE_OF_VALUES[type]
  for (const [index, value] of values.entries()) {
    if (wanted === undefined || typeof value === wanted) continue
    report('AM1223', `\`${value}\` is no ${wanted}, and \`${name}\` is of type ${type}.`, {
      at: declared.at(['values', index]),
      hint: type === 'string' ? `Write "${value}" in quotes.` : `Remove it, or change the type of \`${name}\`.`,
    })
  }
}

/** Labels and statuses of values that the dimension never has would never be seen. */
function checkLooks({ report }: Project, declared: Declared<Dimension>): void {
  const { name, labels, statuses, values } = declared.value
  if (values === undefined) return
  const known = values.map(String)
  for (const [key, given] of Object.entries({ labels, statuses })) {
    const unknown = Object.keys(given === false ? {} : (given ?? {})).filter((value) => !known.includes(value))
    for (const value of unknown) {
      report(
        'AM1239',
        `\`${name}\` never is '${value}': its \`values\` are ${oneOf(known).replace(/ or /, ' and ')}.`,
        {
          at: declared.at([key, value]),
          hint: suggest(value, known) ?? `Remove it, or add '${value}' to the values of \`${name}\`.`,
        },
      )
    }
  }
}
