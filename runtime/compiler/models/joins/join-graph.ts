import { suggest } from '../../../diagnostics/index.ts'
import type { Join } from '../../manifest.ts'
import { compareText, type Declared, items, type Project } from '../../project/index.ts'
import type { ModelNode } from '../model-node.ts'
import { type Reach, reachFrom, type Step } from './reach.ts'

export interface JoinGraph {
  /** Sound joins as declared, in order of their names. */
  joinsOf(model: string): readonly Join[]
  reach(model: string): Reach
}

type DeclaredJoin = Declared<NonNullable<ModelNode['declared']['value']['joins']>[number]>

export function buildJoinGraph(project: Project, nodes: ReadonlyMap<string, ModelNode>): JoinGraph {
  const joins = new Map([...nodes.values()].map((node) => [node.name, soundJoins(project, node, nodes)]))
  const steps = stepsOf(joins)
  const reaches = new Map([...nodes.keys()].map((name) => [name, reachFrom(name, steps)]))
  const graph: JoinGraph = {
    joinsOf: (model) => joins.get(model) ?? [],
    reach: (model) => known(reaches.get(model), model),
  }
  for (const node of nodes.values()) reportAmbiguousPaths(project, node, graph.reach(node.name))
  return graph
}

function soundJoins(project: Project, node: ModelNode, nodes: ReadonlyMap<string, ModelNode>): readonly Join[] {
  const joins = new Map<string, Join & { readonly declared: DeclaredJoin }>()
  for (const declared of items(node.declared, 'joins', node.declared.value.joins)) {
    const join = joinOf(project, node, declared, nodes)
    if (join === undefined) continue
    const first = joins.get(join.to)
    if (first === undefined) joins.set(join.to, { ...join, declared })
    else reportSecondJoin(project, node, declared, first.declared)
  }
  return [...joins.values()].map(({ declared: _, ...join }) => join).sort((a, b) => compareText(a.to, b.to))
}

function joinOf(
  project: Project,
  node: ModelNode,
  declared: DeclaredJoin,
  nodes: ReadonlyMap<string, ModelNode>,
): Join | undefined {
  const { to, on, relationship = 'many_to_one' } = declared.value
  if (to === node.name) {
    project.report('AM1217', `\`${to}\` is joined to itself.`, {
      at: declared.at(['to']),
      hint: 'Declare another semantic model over the same relation and join that, so that its dimensions have names of their own.',
    })
    return undefined
  }
  const target = nodes.get(to)
  if (target === undefined) return reportUnknown(project, node, declared, nodes)
  if (typeof on !== 'string') return { to, left: on.left, right: on.right, relationship }
  if (relationship === 'one_to_many') return refuseShortForm(project, node, declared, on)
  if (target.primaryKey !== null) return { to, left: on, right: target.primaryKey, relationship }
  project.report(
    'AM1220',
    `\`${to}\` has no \`primary_key\`, so \`on: ${on}\` does not say which of its columns is meant.`,
    {
      at: declared.at(['on']),
      hint: `Give \`${to}\` a \`primary_key\`, or write \`on: { left: ${on}, right: … }\`.`,
      related: [{ message: `\`${to}\` is declared here`, at: target.declared.at(['name']) }],
    },
  )
  return undefined
}

/** Where one row here meets many there, the key lies here and not there. */
function refuseShortForm(
  { report }: Project,
  { primaryKey }: ModelNode,
  declared: DeclaredJoin,
  on: string,
): undefined {
  const { to } = declared.value
  report('AM1236', `\`on: ${on}\` would mean the primary key of \`${to}\`, but one row here meets many of \`${to}\`.`, {
    at: declared.at(['on']),
    hint: `Write \`on: { left: ${primaryKey ?? on}, right: ${on} }\`.`,
  })
}

function reportUnknown(
  { broken, declarations, report }: Project,
  node: ModelNode,
  declared: DeclaredJoin,
  nodes: ReadonlyMap<string, ModelNode>,
): undefined {
  const { to } = declared.value
  const isBroken =
    declarations.semanticModels.some(({ value }) => value.name === to) || broken.has('semantic_models', to)
  if (isBroken) return undefined
  const others = [...nodes.keys()].filter((name) => name !== node.name)
  report('AM1209', `There is no semantic model \`${to}\`.`, { at: declared.at(['to']), hint: suggest(to, others) })
  return undefined
}

function reportSecondJoin({ report }: Project, node: ModelNode, second: DeclaredJoin, first: DeclaredJoin): void {
  const { to } = second.value
  report('AM1218', `\`${node.name}\` joins \`${to}\` twice, so \`${to}.…\` could mean either.`, {
    at: second.at(['to']),
    hint: `Declare a second semantic model over the relation of \`${to}\`, named after its role here, and join that.`,
    related: [{ message: 'First joined here', at: first.at(['to']) }],
  })
}

/** Every join in both directions, and whether a row here can meet several there. */
function stepsOf(joins: ReadonlyMap<string, readonly Join[]>): ReadonlyMap<string, readonly Step[]> {
  const steps = new Map<string, Map<string, Step>>()
  const add = (from: string, to: string, fansOut: boolean) => {
    const existing = steps.get(from) ?? new Map<string, Step>()
    if (!existing.has(to) || !fansOut) existing.set(to, { to, fansOut })
    steps.set(from, existing)
  }
  for (const [from, list] of joins) {
    for (const { to, relationship } of list) {
      add(from, to, relationship === 'one_to_many')
      add(to, from, relationship === 'many_to_one')
    }
  }
  return new Map([...steps].map(([from, to]) => [from, [...to.values()].sort((a, b) => compareText(a.to, b.to))]))
}

function reportAmbiguousPaths({ report }: Project, { name, declared }: ModelNode, reach: Reach): void {
  for (const [target, paths] of reach.ambiguous) {
    const [first = [], second = []] = paths
    if (first[0] === second[0] || first.at(-2) === second.at(-2)) continue
    const joins = declared.value.joins ?? []
    const index = Math.max(
      joins.findIndex(({ to }) => to === second[0]),
      0,
    )
    report(
      'AM1219',
      `\`${name}\` reaches \`${target}\` by two ways of the same length: ${pathOf(name, first)}, and ${pathOf(name, second)}.`,
      {
        at: joins.length === 0 ? declared.at(['name']) : declared.at(['joins', index, 'to']),
        hint: `Join \`${target}\` from \`${name}\` directly, or declare a second semantic model over its relation for one of the two roles and join that.`,
      },
    )
  }
}

const pathOf = (from: string, path: readonly string[]) => [from, ...path].map((name) => `\`${name}\``).join(' → ')

function known<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`no semantic model ${name}`)
  return value
}
