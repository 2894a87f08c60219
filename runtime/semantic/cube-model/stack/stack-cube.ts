import type { Stack } from '../../../compiler/index.ts'
import type { Dialect } from '../../../warehouse/index.ts'
import { type Code, code, type Literal, template } from '../cube-file.ts'
import { measuresOf, timeBounds } from '../measures.ts'
import { type Cube, joinCondition } from '../model-cube.ts'
import type { ModelIndex } from '../model-index.ts'
import {
  BRANCH,
  BRANCH_COLUMN,
  cubeName,
  dimensionColumn,
  inputColumn,
  keyColumn,
  ruleColumn,
  STACK_TIME,
  TIME_COLUMN,
} from '../names.ts'
import { branchSelect } from './stack-branch.ts'
import { planStack, type StackPlan } from './stack-plan.ts'

/** The cube of a stack: its branches under one another, and what they share as members. */
export function stackCube(index: ModelIndex, dialect: Dialect, stack: Stack): Cube {
  const plan = planStack(index, stack)
  const branches = stack.branches.map((branch) => branchSelect(index, dialect, plan, branch))
  const column = (name: string) => template([code(`\${CUBE}.${dialect.quote(name)}`)])
  return {
    name: cubeName(stack.name),
    definition: {
      sql: template([branches.join('\n  UNION ALL\n  ')]),
      public: false,
      joins: joinsOf(index, dialect, plan),
      dimensions: dimensionsOf(index, plan, column),
      measures: {
        ...measuresOf(index, stack.name, (leaf) => column(inputColumn(leaf))),
        ...timeBounds(column(TIME_COLUMN)),
      },
    },
  }
}

function joinsOf(index: ModelIndex, dialect: Dialect, plan: StackPlan): Literal | undefined {
  const direct = plan.joins.filter((join) => join.right !== null)
  if (direct.length === 0) return undefined
  const tenant = plan.stack.branches.every((branch) => index.model(branch.model).tenant)
  return Object.fromEntries(
    direct.map((join) => {
      const step = { from: { tenant }, to: index.model(join.model), right: join.right ?? '' }
      const sql = joinCondition(index, dialect, step, keyColumn(join.model))
      return [cubeName(join.model), { relationship: 'many_to_one', sql }]
    }),
  )
}

function dimensionsOf(index: ModelIndex, plan: StackPlan, column: (name: string) => Code): Record<string, Literal> {
  const tenant = index.manifest.project.tenantKey
  const hidden = (name: string): Literal => ({ sql: column(name), type: 'string', public: false })
  const own = plan.sameModel === null ? [] : index.model(plan.sameModel).dimensions
  return {
    key__: { sql: template(['1']), type: 'string', primaryKey: true, public: false },
    [BRANCH]: hidden(BRANCH_COLUMN),
    ...(tenant === null || !hasTenant(index, plan) ? {} : { [tenant]: hidden(dimensionColumn(tenant)) }),
    ...Object.fromEntries(
      own.map(({ name, type, label, public: shown }) => [
        name,
        { sql: column(dimensionColumn(name)), type: type === 'geo' ? 'string' : type, title: label, public: shown },
      ]),
    ),
    [STACK_TIME]: { sql: column(TIME_COLUMN), type: 'time', title: 'Time' },
    ...Object.fromEntries(
      plan.ruleColumns.map(({ model, ref }) => [
        ruleMember(model, ref),
        { sql: column(ruleColumn(model, ref)), type: memberType(index, ref), public: false },
      ]),
    ),
  }
}

/** A stack of several models has the tenant as a column; one of a single model where that model has it. */
export const hasTenant = (index: ModelIndex, plan: StackPlan): boolean =>
  plan.sameModel === null || index.model(plan.sameModel).tenant

export const ruleMember = (model: string, ref: { readonly model: string; readonly dimension: string }): string =>
  `rule__${model}__${ref.model}__${ref.dimension}`

function memberType(index: ModelIndex, ref: { readonly model: string; readonly dimension: string }): string {
  const { type } = index.dimension(ref)
  return type === 'geo' ? 'string' : type
}
