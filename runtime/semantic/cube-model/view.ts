import type { Metric, SemanticModel, Stack } from '../../compiler/index.ts'
import { type Literal, memberPath } from './cube-file.ts'
import { measureOf } from './measures.ts'
import type { ModelIndex } from './model-index.ts'
import { BRANCH, cubeName, FIRST_TIME, LAST_TIME, memberName, STACK_TIME } from './names.ts'
import { hasTenant, ruleMember } from './stack/stack-cube.ts'
import { planStack } from './stack/stack-plan.ts'

export interface View {
  readonly name: string
  readonly definition: Readonly<Record<string, Literal | undefined>>
}

/** What callers query: own members by name, dimensions of joined models as `model__dimension`, metrics by name. */
export function modelView(index: ModelIndex, model: SemanticModel): View {
  const bounds = model.timeDimension === null ? [] : [FIRST_TIME, LAST_TIME]
  const own = [...model.dimensions.map((dimension) => dimension.name), ...bounds]
  const joined = model.reachable
    .filter((reachable) => reachable.model !== model.name)
    .map((reachable) =>
      joinedPart(
        index,
        model.name,
        reachable.model,
        index.path(model.name, reachable.model).map((step) => step.to.name),
      ),
    )
  return {
    name: model.name,
    definition: {
      title: model.label,
      ...(model.description === '' ? {} : { description: model.description }),
      cubes: [ownPart(model.name, own, index.metricsOf(model.name)), ...joined],
    },
  }
}

export function stackView(index: ModelIndex, stack: Stack): View {
  const plan = planStack(index, stack)
  const tenant = index.manifest.project.tenantKey
  const own = plan.sameModel === null ? [] : index.model(plan.sameModel).dimensions.map((dimension) => dimension.name)
  const rules = plan.ruleColumns.map(({ model, ref }) => ruleMember(model, ref))
  const names = [
    STACK_TIME,
    BRANCH,
    FIRST_TIME,
    LAST_TIME,
    ...(tenant === null || !hasTenant(index, plan) ? [] : [tenant]),
    ...own,
    ...rules,
  ]
  const joined = plan.joins.map((join) => joinedPart(index, stack.name, join.model, [...join.via, join.model]))
  return {
    name: stack.name,
    definition: { cubes: [ownPart(stack.name, [...new Set(names)], index.metricsOf(stack.name)), ...joined] },
  }
}

function ownPart(home: string, names: readonly string[], metrics: readonly Metric[]): Literal {
  return {
    join_path: memberPath(cubeName(home)),
    includes: [...names, ...metrics.map((metric) => ({ name: measureOf(metric), alias: metric.name }))],
  }
}

function joinedPart(index: ModelIndex, home: string, model: string, stops: readonly string[]): Literal {
  return {
    join_path: memberPath([home, ...stops].map(cubeName).join('.')),
    includes: index
      .model(model)
      .dimensions.map(({ name }) => ({ name, alias: memberName(home, { model, dimension: name }) })),
  }
}
