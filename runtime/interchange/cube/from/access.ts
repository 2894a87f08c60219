import { type AccessRule, ROLES, ROW_OPERATORS, type RowRule } from '../../../definitions/index.ts'
import { asColumn, type Lose, nameOf } from '../../draft/index.ts'
import type { CubeModel, CubePolicy, CubePolicyFilter } from './cube-file.ts'
import { type Cubes, memberOf } from './sql.ts'

type Role = (typeof ROLES)[number]

/**
 * Access rules of a cube's policies. There, who matches no policy sees nothing, so here every such role sees no rows:
 * what cannot be carried over closes and never opens.
 */
export function accessOf(cubes: Cubes, cube: CubeModel, tenantKey: string | null, lose: Lose): readonly AccessRule[] {
  const policies = cube.access_policy
  if (policies === undefined || policies.length === 0) return []
  const object = `access_policy:${cube.name}`
  const groups = [...new Set(policies.flatMap(groupsOf))]
  const strange = groups.filter((group) => group !== '*' && !(ROLES as readonly string[]).includes(group))
  if (strange.length > 0) {
    lose(
      'AM6210',
      object,
      `It is for groups that are no roles here: ${strange.join(', ')}. Whoever has no other policy sees no rows.`,
      `Roles are ${ROLES.join(', ')}: write access rules for them.`,
    )
  }
  return ROLES.flatMap((role) => ruleOf(cubes, cube, role, tenantKey, lose))
}

const groupsOf = ({ group, groups, role }: CubePolicy) => groups ?? [group ?? role ?? '*']

function ruleOf(
  cubes: Cubes,
  cube: CubeModel,
  role: Role,
  tenantKey: string | null,
  lose: Lose,
): readonly AccessRule[] {
  const object = `access_policy:${cube.name}.${role}`
  const matching = (cube.access_policy ?? []).filter((policy) =>
    groupsOf(policy).some((one) => one === role || one === '*'),
  )
  const [policy, ...others] = matching
  if (policy === undefined) return close(cube, role, object, 'no policy is for this role', lose)
  if (others.length > 0) return close(cube, role, object, 'several policies add up for this role', lose)
  if ((policy.conditions ?? []).length > 0) return close(cube, role, object, 'its policy has conditions', lose)
  if (policy.member_masking !== undefined)
    lose('AM6210', object, 'Members are masked there; here they are hidden.', 'Add a dimension with the masked value.')
  const rows = rowsOf(
    cubes,
    cube,
    policy.row_level?.allow_all === true ? [] : (policy.row_level?.filters ?? []),
    tenantKey,
  )
  if (typeof rows === 'string') return close(cube, role, object, rows, lose)
  const hide = hiddenOf(cube, policy).filter((name) => name !== tenantKey)
  const attributes = rows.flatMap(({ value }) => (typeof value === 'string' && value.startsWith('user.') ? value : []))
  if (attributes.length > 0)
    lose(
      'AM6213',
      object,
      `It compares with ${attributes.join(', ')}.`,
      'See that identity.attributes has these names.',
    )
  if (rows.length === 0 && hide.length === 0) return []
  return [{ role, ...(rows.length > 0 && { rows: [...rows] }), ...(hide.length > 0 && { hide }) }]
}

/** Nobody of the role sees rows: better than too many. */
function close(cube: CubeModel, role: Role, object: string, why: string, lose: Lose): readonly AccessRule[] {
  const dimension = cube.dimensions?.find(({ primary_key }) => primary_key === true) ?? cube.dimensions?.[0]
  if (dimension === undefined) {
    lose(
      'AM6210',
      object,
      `Rows are NOT protected: ${why}, and the cube has no dimension to close it by.`,
      'Write an access rule.',
    )
    return []
  }
  lose('AM6210', object, `The role sees no rows here: ${why}.`, 'Write an access rule that says what it may see.')
  return [{ role, rows: [{ dimension: nameOf(dimension.name), operator: 'in', value: [] }] }]
}

const OPERATORS: Readonly<Record<string, RowRule['operator']>> = {
  equals: 'equals',
  notEquals: 'not_equals',
  notIn: 'not_in',
}

function rowsOf(
  cubes: Cubes,
  cube: CubeModel,
  filters: readonly CubePolicyFilter[],
  tenantKey: string | null,
): readonly RowRule[] | string {
  const rules: RowRule[] = []
  for (const { member, operator = '', values } of filters) {
    if (member === undefined) return 'its filter has `or` or `and`'
    const path = member.replace(/^\{|\}$/g, '')
    if (path === tenantKey || path === `CUBE.${tenantKey}`) continue
    const own = cube.dimensions?.find(({ meta, name }) => name === path && isPart(meta))
    const found = memberOf(cubes, cube, own?.sql?.replace(/[{}]/g, '') ?? path)
    const rule = OPERATORS[operator] ?? ROW_OPERATORS.find((one) => one === operator)
    if (found?.kind !== 'dimension') return `its filter names \`${member}\``
    if (rule === undefined) return `its filter has the operator \`${operator}\``
    const value = ruleValue(values)
    if (value === undefined) return `its filter compares with ${JSON.stringify(values)}`
    rules.push({ dimension: found.key, ...comparison(rule, value) })
  }
  return rules
}

/** It stands for a dimension of a joined cube, which policies of Cube cannot name. */
const isPart = (meta: CubeModel['meta']) => (meta?.agent_metrics as { part?: boolean } | undefined)?.part === true

/** Cube compares with several values by `equals`. */
function comparison(operator: RowRule['operator'], value: RowRule['value']): Omit<RowRule, 'dimension'> {
  const several = Array.isArray(value) || (typeof value === 'string' && value.startsWith('user.'))
  if (Array.isArray(value) && value.length === 1 && operator !== 'in' && operator !== 'not_in') {
    return { operator, value: value[0] as string }
  }
  if (several && operator === 'equals' && Array.isArray(value)) return { operator: 'in', value }
  if (several && operator === 'not_equals' && Array.isArray(value)) return { operator: 'not_in', value }
  return { operator, value }
}

const ATTRIBUTE =
  /^\$?\{\s*(?:userAttributes|securityContext(?:\.(?:auth\.)?userAttributes)?|security_context)\.(\w+)\s*\}$/

function ruleValue(values: CubePolicyFilter['values']): RowRule['value'] | undefined {
  const list = Array.isArray(values) ? values : [values]
  const [first] = list
  const attribute = typeof first === 'string' ? ATTRIBUTE.exec(first)?.[1] : undefined
  if (attribute !== undefined && list.length === 1) return `user.${attribute}`
  const constants = list.filter((value) => ['string', 'number', 'boolean'].includes(typeof value)) as string[]
  return constants.length === list.length && !constants.some((value) => /[{}]/.test(value)) ? constants : undefined
}

function hiddenOf(cube: CubeModel, { member_level: level }: CubePolicy): string[] {
  const names = (cube.dimensions ?? []).filter(({ meta }) => !isPart(meta)).map(({ name }) => name)
  const includes = level?.includes ?? '*'
  const excludes = level?.excludes ?? []
  const shown = names.filter((name) => includes === '*' || includes.includes(name))
  const kept = shown.filter((name) => excludes !== '*' && !excludes.includes(name))
  return names.filter((name) => !kept.includes(name) && asColumn(name) !== undefined).map(nameOf)
}
