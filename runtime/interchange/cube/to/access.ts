import type { AccessValue, DimensionRef, Manifest, ModelAccess, SemanticModel } from '../../../compiler/index.ts'
import { ROLES } from '../../../definitions/index.ts'
import type { Lose } from '../../draft/index.ts'

/** A policy for every role, since in Cube whoever matches none sees nothing; the tenant is a filter of each. */
export function policiesOf(manifest: Manifest, model: SemanticModel, lose: Lose): readonly object[] | undefined {
  const { tenantKey } = manifest.project
  if (model.access.length === 0 && !model.tenant) return undefined
  const object = `access:${model.name}`
  if (model.tenant && tenantKey !== null) {
    lose(
      'AM6212',
      `model:${model.name}`,
      `Its rows are kept apart by \`${tenantKey}\` of the caller; there each policy compares with \`securityContext.${tenantKey}\`.`,
      `See that every security context carries \`${tenantKey}\`, and that nobody gets a group that has no policy.`,
    )
  }
  if (model.access.length > 0) {
    lose(
      'AM6213',
      object,
      'Roles become groups of Cube, attributes of the caller `userAttributes`.',
      'Map both in `contextToGroups` and in the security context.',
    )
  }
  return ROLES.map((role) => policyOf(manifest, model, role))
}

function policyOf(manifest: Manifest, model: SemanticModel, role: ModelAccess['role']): object {
  const rules = model.access.filter((rule) => rule.role === role)
  const hidden = [...new Set(rules.flatMap(({ hide, hideMetrics }) => [...hide, ...hideMetrics]))]
  const rows = rules.flatMap((rule) => rule.rows)
  const { tenantKey } = manifest.project
  const tenant =
    model.tenant && tenantKey !== null
      ? [{ member: tenantKey, operator: 'equals', values: [`{ securityContext.${tenantKey} }`] }]
      : []
  const filters = [...tenant, ...rows.map((row) => filterOf(model, row))]
  return {
    group: role,
    row_level: filters.length === 0 ? { allow_all: true } : { filters },
    member_level: { includes: '*', ...(hidden.length > 0 && { excludes: hidden }) },
  }
}

const OPERATORS = {
  equals: 'equals',
  not_equals: 'notEquals',
  in: 'in',
  not_in: 'notIn',
  gt: 'gt',
  gte: 'gte',
  lt: 'lt',
  lte: 'lte',
} as const

function filterOf(model: SemanticModel, { dimension, operator, value }: ModelAccess['rows'][number]): object {
  const member = dimension.model === model.name ? dimension.dimension : joinedName(dimension)
  return { member, operator: OPERATORS[operator], values: valuesOf(value) }
}

function valuesOf(value: AccessValue): readonly unknown[] {
  if ('attribute' in value) return [`{ userAttributes.${value.attribute} }`]
  return Array.isArray(value.constant) ? value.constant : [value.constant]
}

const joinedName = ({ dimension, model }: DimensionRef) => `access_${model}_${dimension}`

/** A policy of Cube filters by own members alone: dimensions of joined models become hidden own ones. */
export function joinedRuleDimensions(model: SemanticModel): readonly object[] {
  const refs = model.access.flatMap(({ rows }) => rows.map(({ dimension }) => dimension))
  const joined = new Map(refs.filter((ref) => ref.model !== model.name).map((ref) => [joinedName(ref), ref]))
  return [...joined].map(([name, ref]) => ({
    name,
    sql: `{${ref.model}.${ref.dimension}}`,
    type: 'string',
    public: false,
    meta: { agent_metrics: { part: true } },
  }))
}
