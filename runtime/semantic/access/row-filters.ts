import type { AccessValue, DimensionRef, SemanticModel, Stack } from '../../compiler/index.ts'
import { fail } from '../../diagnostics/index.ts'
import type { CubeFilter } from '../cube/cube-request.ts'
import type { ModelIndex } from '../cube-model/model-index.ts'
import { BRANCH, branchName, memberName } from '../cube-model/names.ts'
import { ruleMember } from '../cube-model/stack/stack-cube.ts'
import type { SecurityContext } from '../security-context.ts'

/**
 * The filters that every query over a view carries: the tenant, and the row rules of the role for the models whose
 * rows it reads and for the joined models whose dimensions it names.
 */
export function rowFilters(
  index: ModelIndex,
  view: string,
  named: ReadonlySet<string>,
  context: SecurityContext,
): readonly CubeFilter[] {
  requireTenant(index, context)
  const stack = index.stack(view)
  return stack === undefined ? modelFilters(index, view, named, context) : stackFilters(index, stack, named, context)
}

function requireTenant(index: ModelIndex, { org }: SecurityContext): void {
  if (index.manifest.project.tenantKey === null || (org !== null && org !== '')) return
  fail('AM4008', 'The caller belongs to no organisation, so there is nothing to show.', {
    hint: 'Ask as a role of an organisation: `--as admin:acme`.',
  })
}

function modelFilters(
  index: ModelIndex,
  view: string,
  named: ReadonlySet<string>,
  context: SecurityContext,
): readonly CubeFilter[] {
  const home = index.model(view)
  const member = (ref: DimensionRef) => `${view}.${memberName(view, reachableRef(index, view, ref))}`
  const joined = [...named].filter((name) => name !== view).map(index.model)
  return [
    ...tenantFilter(index, home, member, context),
    ...rulesOf(home, context).map((rule) => ruleFilter(index, rule, member, context)),
    ...joined.flatMap((model) => [
      ...joinedTenantFilter(index, home, model, member, context),
      ...rulesOf(model, context).map((rule) => ruleFilter(index, rule, member, context)),
    ]),
  ]
}

/** The tenant of a model reached over one that has none: the join could not match on it. */
function joinedTenantFilter(
  index: ModelIndex,
  home: SemanticModel,
  model: SemanticModel,
  member: (ref: DimensionRef) => string,
  context: SecurityContext,
): readonly CubeFilter[] {
  const carried = home.tenant && index.path(home.name, model.name).every((step) => step.from.tenant)
  if (carried || !model.tenant) return []
  const own = tenantFilter(index, model, member, context)
  const absent = own.flatMap((filter) => ('member' in filter ? [{ member: filter.member, operator: 'notSet' }] : []))
  return [{ or: [...own, ...absent] }]
}

function stackFilters(
  index: ModelIndex,
  stack: Stack,
  named: ReadonlySet<string>,
  context: SecurityContext,
): readonly CubeFilter[] {
  const models = [...new Set(stack.branches.map((branch) => branch.model))]
  const only = models.length === 1 ? models[0] : undefined
  const isColumn = (ref: DimensionRef) => ref.model === only || stack.shared.includes(ref.model)
  const memberFor = (model: string) => (ref: DimensionRef) => {
    if (!isColumn(ref)) return `${stack.name}.${ruleMember(model, ref)}`
    return `${stack.name}.${ref.model === only ? ref.dimension : memberName(stack.name, ref)}`
  }
  const own = models.flatMap((name) => {
    const model = index.model(name)
    const inBranch = (filter: CubeFilter): CubeFilter =>
      only === undefined ? { or: [{ ...branchFilter(stack, name), operator: 'notEquals' }, filter] } : filter
    return rulesOf(model, context).map((rule) => inBranch(ruleFilter(index, rule, memberFor(name), context)))
  })
  const joined = [...named]
    .filter((name) => name !== only)
    .flatMap((name) =>
      rulesOf(index.model(name), context).map((rule) => ruleFilter(index, rule, memberFor(name), context)),
    )
  return [...stackTenant(index, stack, models, context), ...own, ...joined]
}

function branchFilter(stack: Stack, model: string) {
  const values = stack.branches.filter((branch) => branch.model === model).map(branchName)
  return { member: `${stack.name}.${BRANCH}`, operator: 'equals', values }
}

function stackTenant(
  index: ModelIndex,
  stack: Stack,
  models: readonly string[],
  { org }: SecurityContext,
): readonly CubeFilter[] {
  const tenant = index.manifest.project.tenantKey
  const open = models.filter((name) => !index.model(name).tenant)
  if (tenant === null || open.length === models.length) return []
  const own: CubeFilter = { member: `${stack.name}.${tenant}`, operator: 'equals', values: [org ?? ''] }
  return [open.length === 0 ? own : { or: [own, ...open.map((name) => branchFilter(stack, name))] }]
}

function tenantFilter(
  index: ModelIndex,
  model: SemanticModel,
  member: (ref: DimensionRef) => string,
  { org }: SecurityContext,
): readonly CubeFilter[] {
  const tenant = index.manifest.project.tenantKey
  if (tenant === null || !model.tenant) return []
  return [{ member: member({ model: model.name, dimension: tenant }), operator: 'equals', values: [org ?? ''] }]
}

/** A rule whose dimension the view does not have must refuse, never be left out. */
function reachableRef(index: ModelIndex, view: string, ref: DimensionRef): DimensionRef {
  if (index.reaches(view, ref.model)) return ref
  return fail('AM4007', `A row rule needs \`${ref.model}.${ref.dimension}\`, which \`${view}\` does not reach.`)
}

type Rule = SemanticModel['access'][number]['rows'][number]

const rulesOf = (model: SemanticModel, { role }: SecurityContext): readonly Rule[] =>
  model.access.filter((access) => access.role === role).flatMap((access) => access.rows)

const OPERATORS = {
  equals: 'equals',
  in: 'equals',
  not_equals: 'notEquals',
  not_in: 'notEquals',
  gt: 'gt',
  gte: 'gte',
  lt: 'lt',
  lte: 'lte',
} as const
const TIME_OPERATORS = { gt: 'afterDate', gte: 'afterOrOnDate', lt: 'beforeDate', lte: 'beforeOrOnDate' } as const

function ruleFilter(
  index: ModelIndex,
  rule: Rule,
  memberOf: (ref: DimensionRef) => string,
  context: SecurityContext,
): CubeFilter {
  const member = memberOf(rule.dimension)
  const values = valuesOf(rule.value, context)
  if (values.length === 0)
    return {
      and: [
        { member, operator: 'set' },
        { member, operator: 'notSet' },
      ],
    }
  const timed = index.dimension(rule.dimension).type === 'time' && rule.operator in TIME_OPERATORS
  const operator = timed ? TIME_OPERATORS[rule.operator as keyof typeof TIME_OPERATORS] : OPERATORS[rule.operator]
  const filter: CubeFilter = { member, operator, values }
  return operator === 'notEquals' ? { and: [filter, { member, operator: 'set' }] } : filter
}

function valuesOf(value: AccessValue, context: SecurityContext): readonly string[] {
  const raw = 'constant' in value ? value.constant : attributeOf(value.attribute, context)
  const list: readonly unknown[] = Array.isArray(raw) ? raw : [raw]
  return list.filter((item) => item !== null && item !== undefined).map(String)
}

function attributeOf(name: string, context: SecurityContext): unknown {
  const key = name.replace(/^user\./, '')
  if (Object.hasOwn(context.attributes, key)) return context.attributes[key]
  return { id: context.user, role: context.role, org: context.org }[key]
}
