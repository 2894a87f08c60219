import { type AccessRule, type Join, ROLES } from '../../definitions/index.ts'
import { filled, type Lose, nameOf } from '../draft/index.ts'
import { type Block, blocksOf, type Lookml, listOf, textOf } from './lookml-file.ts'
import { columnOf, fieldOf, type Views } from './sql.ts'

/** What explores add to views: joins, and who may see which rows. */
export interface FromExplores {
  readonly joins: ReadonlyMap<string, readonly Join[]>
  readonly access: ReadonlyMap<string, readonly AccessRule[]>
}

export function readExplores({ explores, views }: Lookml, lose: Lose): FromExplores {
  const joins = new Map<string, Join[]>()
  const access = new Map<string, AccessRule[]>()
  for (const [name, explore] of explores) {
    const base = textOf(explore, 'from') ?? textOf(explore, 'view_name') ?? name
    for (const [joined, block] of Object.entries(blocksOf(explore, 'join'))) {
      const found = joinOf(views, base, joined, block, `join:${name}.${joined}`, lose)
      const known = found && (joins.get(found.from) ?? [])
      if (found === undefined || known === undefined || known.some(({ to }) => to === found.join.to)) continue
      joins.set(found.from, [...known, found.join])
    }
    const rules = accessOf(views, base, name, explore, lose)
    if (rules.length > 0) access.set(base, [...(access.get(base) ?? []), ...rules])
    reportRest(name, explore, lose)
  }
  return { joins, access }
}

const EQUALITY = /^\s*\$\{(\w+)\.(\w+)\}\s*=\s*\$\{(\w+)\.(\w+)\}\s*$/

function joinOf(views: Views, base: string, joined: string, block: Block, object: string, lose: Lose) {
  const lost = (message: string, hint: string) => {
    lose('AM6226', object, message, hint)
    return undefined
  }
  const alias = textOf(block, 'from')
  if (alias !== undefined && alias !== joined) {
    return lost(
      `It joins the view \`${alias}\` under another name.`,
      'Declare a second semantic model over its relation, and join that.',
    )
  }
  const type = textOf(block, 'type') ?? 'left_outer'
  if (type !== 'left_outer')
    return lost(`It is a join of type \`${type}\`; joins here keep every row.`, 'Leave rows out in a model.')
  const sides = sidesOf(views, base, joined, block)
  if (sides === undefined) {
    return lost(
      `It is joined by \`${textOf(block, 'sql_on') ?? 'nothing'}\`.`,
      'Make one column of each side that are equal, and join those.',
    )
  }
  const { from, left, right } = sides
  const target = views.get(joined) ?? {}
  const key = Object.entries(blocksOf(target, 'dimension')).find(([, dimension]) => dimension.primary_key === true)?.[0]
  const relationship = (textOf(block, 'relationship') ?? 'many_to_one') as
    | NonNullable<Join['relationship']>
    | 'many_to_many'
  if (relationship === 'many_to_many')
    return lost('It is many to many, which would count rows several times.', 'Build a model between them.')
  const short = key !== undefined && columnOf(views, target, key) === right && relationship !== 'one_to_many'
  const join = filled({
    to: nameOf(joined),
    on: short ? left : { left, right },
    relationship: relationship === 'many_to_one' ? undefined : relationship,
  }) as Join
  return { from, join }
}

function sidesOf(views: Views, base: string, joined: string, block: Block) {
  const foreign = textOf(block, 'foreign_key')
  const [from, left, to, right] =
    foreign === undefined ? equality(block, joined) : foreignKey(views, base, joined, foreign)
  const [here, there] = [views.get(from), views.get(to)]
  if (here === undefined || there === undefined || to !== joined) return undefined
  const columns = { left: columnOf(views, here, left), right: columnOf(views, there, right) }
  if (columns.left === undefined || columns.right === undefined) return undefined
  return { from, left: columns.left, right: columns.right }
}

function equality(block: Block, joined: string): readonly [string, string, string, string] {
  const [, one = '', a = '', other = '', b = ''] = EQUALITY.exec(textOf(block, 'sql_on') ?? '') ?? []
  return other === joined ? [one, a, other, b] : [other, b, one, a]
}

function foreignKey(
  views: Views,
  base: string,
  joined: string,
  foreign: string,
): readonly [string, string, string, string] {
  const [view, field] = foreign.includes('.') ? foreign.split('.') : [base, foreign]
  const dimensions = Object.entries(blocksOf(views.get(joined), 'dimension'))
  const key = dimensions.find(([, dimension]) => dimension.primary_key === true)?.[0]
  return [view ?? base, field ?? '', joined, key ?? '']
}

/** Access filters hold for everybody who asks the explore: here they hold for every role that asks the view. */
function accessOf(views: Views, base: string, name: string, explore: Block, lose: Lose): readonly AccessRule[] {
  const object = `explore:${name}`
  const view = views.get(base)
  const always = textOf(explore, 'sql_always_where') ?? textOf(explore, 'sql_always_having')
  if (always !== undefined) {
    lose(
      'AM6210',
      object,
      `It always filters by \`${always}\`; here all rows can be asked for.`,
      'Leave the rows out in a model, or write access rules.',
    )
  }
  const grants = (explore.required_access_grants ?? []) as readonly string[]
  if (grants.length > 0) {
    lose(
      'AM6210',
      object,
      `It is for people with the access grants ${grants.join(', ')}; here everybody can ask.`,
      'Write access rules for roles.',
    )
  }
  if (explore.always_filter !== undefined || explore.conditionally_filter !== undefined) {
    lose('AM6225', object, 'Its filters that are always asked for are left behind.', 'Put filters on dashboards.')
  }
  const rows = listOf(explore.access_filter).flatMap((filter) => {
    const [path, attribute] = [textOf(filter, 'field') ?? '', textOf(filter, 'user_attribute') ?? '']
    const field = view && fieldOf(views, view, path)
    if (field?.kind !== 'dimension' || !/^[a-z][a-z0-9_]*$/i.test(attribute)) {
      lose(
        'AM6210',
        object,
        `Its access filter on \`${path}\` is lost: there is no such dimension.`,
        'Write access rules before anybody asks.',
      )
      return []
    }
    lose(
      'AM6213',
      object,
      `Its access filter compares \`${path}\` with the attribute \`${attribute}\`, for every role.`,
      'See that identity.attributes has it; who lacks it sees no rows.',
    )
    return [{ dimension: field.sql.slice(1, -1), operator: 'in' as const, value: `user.${attribute}` }]
  })
  return rows.length === 0 ? [] : ROLES.map((role) => ({ role, rows }))
}

function reportRest(name: string, explore: Block, lose: Lose): void {
  for (const aggregate of Object.keys(blocksOf(explore, 'aggregate_table'))) {
    lose(
      'AM6231',
      `aggregate_table:${name}.${aggregate}`,
      'Aggregate tables are left behind; answers stay the same.',
      'Declare `pre_aggregations` where answers are slow.',
    )
  }
  for (const query of Object.keys(blocksOf(explore, 'query'))) {
    lose('AM6225', `query:${name}.${query}`, 'Saved queries have no counterpart.', 'Make a dashboard of it.')
  }
}
